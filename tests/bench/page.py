"""How many bytes a first visit loads: `python -m tests.bench.page`, after `node web/build.mjs`.

Headless Chromium opens the start page as somebody who was never here. A small server hands out the built site
compressed as CloudFront does, knows no API and counts what was asked for: documents, scripts, words, styles, pictures.
"""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from tests.bench.table import heading, table
from tests.e2e import chromium

SITE = Path(__file__).parents[2] / "web" / "dist"
CONFIG = (
    b'{"organisation":"Lighthouse","contact_email":"hello@lighthouse.example","countries":["US"],"languages":["en"]}'
)
LIMIT = 30_000


def main() -> None:
    """Print the table."""
    if not (SITE / "index.html").exists():
        raise SystemExit("The site is not built: node web/build.mjs")
    if reason := chromium.missing():
        raise SystemExit(reason)
    with _serving() as (address, sent), chromium.running() as browser:
        page = browser.new_context(service_workers="block", locale="en-GB").new_page()
        page.goto(address, wait_until="networkidle")
    heading("First load of the start page")
    sizes = {path: size for path, size in sent.items() if not path.startswith("/api")}
    rows = [(f"`{path}`", f"{size:,}") for path, size in sizes.items()]
    table(["file", "bytes, gzip"], [*rows, (f"all (limit {LIMIT:,})", f"{sum(sizes.values()):,}")])


@contextmanager
def _serving() -> Iterator[tuple[str, dict[str, int]]]:
    """The site's address, and the bytes of each body that was sent."""
    sent: dict[str, int] = {}

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            content = CONFIG if path == "/config.json" else _file(path)
            packed = gzip.compress(content or b"", 9)
            if content is not None:
                sent[path] = len(packed)
            self.send_response(404 if content is None else 200)
            self.send_header("Content-Type", guess_type(path)[0] or "text/html")
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(packed)))
            self.end_headers()
            self.wfile.write(packed)

        def do_POST(self) -> None:
            self.send_error(401)

        def log_message(self, *_: Any) -> None:
            """Nothing: the table tells."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", sent
    finally:
        server.shutdown()


def _file(path: str) -> bytes | None:
    file = SITE / ("index.html" if path == "/" else path.removeprefix("/"))
    return file.read_bytes() if file.is_file() else None


if __name__ == "__main__":
    main()
