"""Handles: made by us, so that nobody is tempted to use a name that is known elsewhere."""

import secrets

from shared.errors import Invalid

# Gentle words only: someone may read theirs at their worst hour. No word that could describe a body, a mood or a
# diagnosis, and none that is a common first name.
_QUALITIES = """
    amber autumn brave breezy bright calm candid clear copper coral curious dappled dawn early easy evening fair
    gentle golden green hazel hidden honest humble indigo ivory jade kind lively lunar maple mellow misty mossy
    north open patient pearl plain playful quiet russet sandy silver simple slow snowy soft south spring steady
    still summer sunny teal tidal true velvet warm west wild winter woven
""".split()  # noqa: SIM905 - words read best as words
_BEINGS = """
    alder badger beaver birch bison brook cedar cloud comet cove crane deer dove dune elm falcon fern finch
    forest fox gull harbor hare heron hill ibis island juniper kestrel kite lagoon lake lantern lark leaf
    lighthouse lynx magpie marten meadow moth oak orchard osprey otter owl panda pebble pine plover puffin raven
    reed river robin seal shore sparrow spruce stone swallow swan tern thistle thrush turtle valley willow wren
""".split()  # noqa: SIM905 - words read best as words


def new_handle() -> str:
    """A handle such as `quiet-otter-482`: about three and a half million of them."""
    return f"{secrets.choice(_QUALITIES)}-{secrets.choice(_BEINGS)}-{100 + secrets.randbelow(900)}"


def is_our_handle(handle: str) -> bool:
    """Whether `new_handle` could have made it."""
    quality, _, rest = handle.partition("-")
    being, _, number = rest.partition("-")
    return quality in _QUALITIES and being in _BEINGS and len(number) == 3 and number.isdecimal() and number[0] != "0"


def normal_handle(typed: str) -> str:
    """What a person meant when they typed their handle: case, spaces and stray hyphens do not matter.

    Raises Invalid when it cannot be a handle at all.
    """
    handle = "-".join(typed.lower().replace("-", " ").split())
    if not 3 <= len(handle) <= 64:
        raise Invalid("A handle looks like quiet-otter-482.", field="body.handle")
    return handle
