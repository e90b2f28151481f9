"""Routes: push messages, for staff."""

from functions.devices import forget, mine, subscribe

__all__ = ["forget", "mine", "subscribe"]
