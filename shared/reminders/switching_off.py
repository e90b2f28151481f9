"""Switching an address off, for whatever reason there is."""

from contextlib import suppress

from shared.reminders.address import Address, Why
from shared.reminders.address_store import Addresses, NotNow
from shared.tables import commit


def switch_off(addresses: Addresses, address: Address, why: Why) -> None:
    """Nothing goes there any more. One that is off already keeps its reason; one that was replaced is left alone."""
    with suppress(NotNow):
        commit(addresses.table.client, [addresses.turn_off(address, why)])
