"""`python -m local start [--background] | stop | clean`: what the Makefile runs."""

import argparse
import shutil
import signal
import sys
from types import FrameType

from local.places import here
from local.progress import Failed, give_up


def main() -> None:
    """Do what the command line says; end with one sentence when it cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m local", description="Hearthline on this laptop.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    start = verbs.add_parser("start", help="start everything and serve until Ctrl-C")
    start.add_argument("--background", action="store_true", help="return once it is ready; `stop` ends it")
    verbs.add_parser("stop", help="stop what was started; nothing is lost")
    verbs.add_parser("clean", help="stop, and forget everything that was made on this laptop")
    chosen = parser.parse_args()
    places = here()
    try:
        if chosen.verb == "start":
            _start(background=chosen.background)
        else:
            from local.background import stop

            print("Stopped." if stop(places) else "Nothing was running.")
            if chosen.verb == "clean":
                shutil.rmtree(places.state, ignore_errors=True)
                print(f"Removed {places.state}.")
    except Failed as failure:
        give_up(str(failure))
    except KeyboardInterrupt:
        sys.exit(130)


def _start(*, background: bool) -> None:
    from local.background import claim, start_in_background

    places = here()
    if background:
        sys.exit(start_in_background(places))
    from local.start import start

    signal.signal(signal.SIGTERM, _interrupt)
    claim(places)
    try:
        start(places)
    finally:
        places.pid.unlink(missing_ok=True)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    # While things are being started, a stop has to unwind them just as Ctrl-C does.
    raise KeyboardInterrupt


main()
