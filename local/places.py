"""Where everything is on this laptop: ports, addresses, directories."""

import os
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent


class Places(NamedTuple):
    """Ports and directories of one running copy. Two copies on one machine need two ports each and two states."""

    port: int
    emulator_port: int
    state: Path

    @property
    def site_address(self) -> str:
        """What a person opens."""
        return f"http://localhost:{self.port}"

    @property
    def emulator(self) -> str:
        """The emulator's endpoint, for AWS clients and for the gateway."""
        return f"http://127.0.0.1:{self.emulator_port}"

    @property
    def logs(self) -> Path:
        """What the tools said, one file each."""
        return self.state / "logs"

    @property
    def outputs(self) -> Path:
        """The stack's outputs, as the CDK wrote them."""
        return self.state / "outputs.json"

    @property
    def pid(self) -> Path:
        """Holds the id of the process to stop."""
        return self.state / "start.pid"

    @property
    def ready(self) -> Path:
        """Exists while everything is up."""
        return self.state / "ready"

    @property
    def aws(self) -> dict[str, str]:
        """The environment in which AWS's tools talk to the emulator and to nothing else."""
        return {
            "AWS_ENDPOINT_URL": self.emulator,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_SESSION_TOKEN": "",
            "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
        }


def here() -> Places:
    """The places the environment names: HEARTHLINE_PORT, HEARTHLINE_EMULATOR_PORT, HEARTHLINE_STATE."""
    return Places(
        port=int(os.environ.get("HEARTHLINE_PORT", "8080")),
        emulator_port=int(os.environ.get("HEARTHLINE_EMULATOR_PORT", "4566")),
        state=Path(os.environ.get("HEARTHLINE_STATE", ROOT / ".local")).resolve(),
    )
