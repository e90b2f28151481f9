"""Routes: circles of groups, for clients."""

from functions.circles import come, move, of_room

__all__ = ["come", "move", "of_room"]
