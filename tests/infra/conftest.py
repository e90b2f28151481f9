"""The stack, described once per test session for each place it can go to."""

import os
from pathlib import Path

import pytest

# Before the CDK's own process starts: Node 20 does for it, and a warning would be an error here.
os.environ.setdefault("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "20")

from infra.settings import KinesisTurn, Laptop, OwnTurn, Phone, Settings
from tests.infra.described import Described, describe

FULL = Settings(
    organisation="Riverside Listening",
    admin_email="Ada@riverside.example",
    contact_email="hello@riverside.example",
    alarm_email="night@riverside.example",
    sender_email="care@riverside.example",
)
PHONE = Phone(number="+12065550100", call_out_countries=("US", "CA"))


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A front-end as the build leaves it, as small as can be."""
    site = tmp_path_factory.mktemp("site")
    for name in ("index.html", "help.html", "help.es.html", "assets/app-1a2b.js"):
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text(name)
    return site


@pytest.fixture(scope="session")
def in_aws(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Described:
    """The stack as an organisation deploys it that filled in everything."""
    return describe(FULL, None, built_site, tmp_path_factory.mktemp("aws"))


@pytest.fixture(scope="session")
def in_aws_plain(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Described:
    """The stack with no setting but encryption left to AWS."""
    return describe(Settings(encryption="aws"), None, built_site, tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="session")
def on_a_laptop(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Described:
    """The stack as `make start` deploys it."""
    laptop = Laptop("http://localhost:8080", "ada@example.org", "http://127.0.0.1:4566")
    return describe(Settings(sender_email=FULL.sender_email), laptop, built_site, tmp_path_factory.mktemp("laptop"))


@pytest.fixture(scope="session")
def in_aws_with_own_relay(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Described:
    """The stack of an organisation that runs a TURN server."""
    urls = ("turn:turn.riverside.example:3478", "turns:turn.riverside.example:443?transport=tcp")
    turn = OwnTurn(kind="static", urls=urls, secret_parameter="/hearthline/turn-secret")
    return describe(FULL.model_copy(update={"turn": turn}), None, built_site, tmp_path_factory.mktemp("own-relay"))


@pytest.fixture(scope="session")
def in_aws_with_everything(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Described:
    """The stack of an organisation that takes the relay of Kinesis Video Streams, and has a telephone number."""
    more = {"turn": KinesisTurn(kind="kinesis"), "phone": PHONE, "languages": ("en", "es")}
    return describe(FULL.model_copy(update=more), None, built_site, tmp_path_factory.mktemp("everything"))
