"""Routes: push messages, for clients."""

from functions.devices import forget, mine, subscribe

__all__ = ["forget", "mine", "subscribe"]
