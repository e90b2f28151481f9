"""The local cloud: MiniStack, on loopback, with its state kept in a directory of ours."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from local import process
from local.places import Places
from local.progress import Failed

_COMMAND = "ministack"


class Emulator:
    """One running emulator. `enforcing` is whether every call needs its caller's IAM permission."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._child: subprocess.Popen[bytes] | None = None

    def start(self, *, enforcing: bool) -> None:
        """Start it and return when it answers.

        Raises Failed when it ends instead, or does not answer within a minute.
        """
        places = self._places
        places.logs.mkdir(parents=True, exist_ok=True)
        self._read_streams_from_their_beginning()
        log = places.logs / "emulator.log"
        with log.open("ab") as out:
            self._child = subprocess.Popen(
                [sys.executable, "-m", _COMMAND],
                env={**os.environ, **self._environment(enforcing=enforcing)},
                stdout=out,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                # Ctrl-C is for us: it must not reach the emulator before we ask it to write down its state.
                start_new_session=True,
            )
        self._pid_file.write_text(str(self._child.pid))
        deadline = time.monotonic() + process.PATIENCE_SECONDS
        while not self._answers():
            if self._child.poll() is not None:
                raise Failed(f"The emulator ended at once; {log} says why.")
            if time.monotonic() > deadline:
                raise Failed(f"The emulator did not answer within {process.PATIENCE_SECONDS} s; {log} says why.")
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop it, its state written, and return when it has gone. Does nothing if it does not run."""
        if self._child is not None:
            self._child.terminate()
            self._child.wait(process.PATIENCE_SECONDS)
            self._child = None
            self._pid_file.unlink(missing_ok=True)

    def stop_leftover(self) -> None:
        """Stop the emulator of a start that ended without stopping it."""
        if not self._pid_file.exists():
            return
        pid = int(self._pid_file.read_text())
        if process.is_ours(pid, _COMMAND):
            process.end(pid, "The emulator of an earlier start")
        self._pid_file.unlink()

    def ended(self) -> bool:
        """Whether it has stopped by itself."""
        return self._child is not None and self._child.poll() is not None

    @property
    def _pid_file(self) -> Path:
        return self._places.state / "emulator.pid"

    def _read_streams_from_their_beginning(self) -> None:
        """It keeps how far a function has read a table's stream, but not the stream.

        What comes after a restart would be taken for what was read before.
        """
        kept = self._places.state / "aws" / "lambda.json"
        if kept.exists():
            state = json.loads(kept.read_text())
            state["payload"].pop("dynamodb_stream_positions", None)
            kept.write_text(json.dumps(state))

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self._places.emulator}/_ministack/health", timeout=5) as answer:  # noqa: S310 - our own http address
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _environment(self, *, enforcing: bool) -> dict[str, str]:
        places = self._places
        return {
            **places.aws,
            "AUTH": "true" if enforcing else "false",
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(places.emulator_port),
            "MINISTACK_HOST": "localhost",
            "MINISTACK_REGION": "us-east-1",
            "PERSIST_STATE": "1",
            "STATE_DIR": str(places.state / "aws"),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(places.state / "s3"),
            "TMPDIR": str(_made(places.state / "tmp")),
            # Listeners of services we do not use, which would open ports beyond loopback.
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "LAMBDA_EXECUTOR": "local",
            "LOG_LEVEL": "INFO",
        }


def _made(directory: Path) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    return directory
