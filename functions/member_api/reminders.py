"""Routes: reminders and notices, for clients."""

from functions.reminders import decide, notices, read, show

__all__ = ["decide", "notices", "read", "show"]
