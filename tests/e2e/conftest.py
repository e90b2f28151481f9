"""The whole stack, deployed to the emulator with IAM enforced; a browser; visitors whose every step is witnessed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import chromium
from tests.e2e.cast import Cast, Colleague, Member
from tests.e2e.running import Running, fresh, kept, shared
from tests.e2e.visits import KeptSignIns, Visits
from tests.e2e.witness import Witness

# Everything runs on one machine here: an answer may have to wait for a core, and never for longer than this.
_PATIENCE_MS = 15_000


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """The browser all visitors share; each has a profile of their own in it."""
    if reason := chromium.missing():
        pytest.skip(reason)
    expect.set_options(timeout=_PATIENCE_MS)
    with chromium.running() as browser:
        yield browser


@pytest.fixture(scope="session")
def notifying(chrome: Browser) -> Iterator[Browser]:
    """A browser that shows notifications."""
    browser = chromium.whole(chrome)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def cameras(chrome: Browser) -> Iterator[Browser]:
    """A browser with a camera and a microphone of its own making, and leave to use them."""
    browser = chromium.with_cameras(chrome)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A Hearthline of the tests' own, with IAM enforced and the demo people in it."""
    if copy := shared() or kept():
        yield copy
        return
    copy = fresh(tmp_path_factory.mktemp("hearthline"))
    started = copy.command("start", "--background")
    assert started.code == 0, started.said
    yield copy
    stopped = copy.command("stop")
    assert stopped.code == 0, stopped.said


@pytest.fixture(scope="session")
def cast(chrome: Browser, running: Running) -> Iterator[Cast]:
    """Makes clients and counselors."""
    with Cast(running) as cast:
        yield cast


@pytest.fixture
def witness(running: Running) -> Iterator[Witness]:
    """What the browsers of this test did that they should not have done fails the test in the end."""
    witness = Witness(running.address)
    yield witness
    # Shown where the test failed: what was late may be why.
    print("not answered:", witness.unanswered)  # noqa: T201
    assert witness.complaints == []


@pytest.fixture(scope="session")
def sign_ins() -> KeptSignIns:
    """Hands sign-ins on from test to test: the site lets nobody sign in ten times in a quarter of an hour."""
    return KeptSignIns()


@pytest.fixture
def browser(chrome: Browser) -> Browser:
    """The browser that people of a test come with; tests that need another say so."""
    return chrome


@pytest.fixture
def visits(browser: Browser, running: Running, cast: Cast, witness: Witness, sign_ins: KeptSignIns) -> Iterator[Visits]:
    """Opens browsers' profiles, and closes them."""
    with Visits(browser, running.address, cast, witness, sign_ins, _PATIENCE_MS) as visits:
        yield visits


@pytest.fixture
def sam(visits: Visits) -> Page:
    """A stranger's page, blank as yet."""
    return visits.stranger()


@pytest.fixture(scope="session")
def regular(cast: Cast) -> Member:
    """A client who books nothing: for tests that only look."""
    return cast.client("Europe/Lisbon")


@pytest.fixture(scope="session")
def maya(cast: Cast) -> Colleague:
    """A facilitator, who runs the rooms of these tests."""
    return cast.colleague("Maya Haddad", "facilitator")
