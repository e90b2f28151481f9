import pytest

from shared.rooms.model import Room
from tests.support import groups
from tests.support.cast import Client, StaffMember
from tests.support.site import Site


@pytest.fixture
def room(site: Site, alice: Client, ben: Client, maya: StaffMember) -> Room:
    """A group with Alice and Ben in it, which Maya facilitates."""
    made = groups.found(site, maya)
    groups.join(alice, made)
    groups.join(ben, made)
    return made
