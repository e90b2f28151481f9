"""How many bytes are deployed: `python -m tests.bench.assets`.

The functions' package and layer as they go to Lambda, and the site. The zips are made as the CDK makes them: deflated.
"""

import io
import zipfile
from collections import Counter
from pathlib import Path

from infra.bundle import LAMBDA, LAYER, build
from tests.bench.table import heading, table

SITE = Path(__file__).parents[2] / "web" / "dist"


def main() -> None:
    """Print the tables."""
    package = build(LAMBDA).directory
    heading("Deployment assets", python=LAMBDA.python)
    rows = [
        ("all functions share one package", *_sizes(package)),
        ("a layer for those nobody waits for", *_sizes(build(LAMBDA, LAYER).directory)),
    ]
    if SITE.is_dir():
        rows.append(("the site", *_sizes(SITE)))
    table(["asset", "zip, MB", "unzipped, MB", "files"], rows)

    heading("What weighs in the package", python=LAMBDA.python)
    parts: Counter[str] = Counter()
    for file in _files(package):
        name = file.relative_to(package).parts[0]
        parts["our own code" if name in ("functions", "shared") else name.split(".")[0]] += file.stat().st_size
    table(["part", "unzipped, MB"], [(name, _megabytes(size)) for name, size in parts.most_common(10)])


def _sizes(directory: Path) -> tuple[str, str, int]:
    packed = io.BytesIO()
    files = _files(directory)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.relative_to(directory))
    unpacked = sum(file.stat().st_size for file in files)
    return _megabytes(len(packed.getvalue())), _megabytes(unpacked), len(files)


def _files(directory: Path) -> list[Path]:
    return sorted(file for file in directory.rglob("*") if file.is_file())


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.2f}"


if __name__ == "__main__":
    main()
