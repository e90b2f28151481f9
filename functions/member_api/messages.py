"""Routes: the messages of a room, which are the same for everybody who is in it."""

from functions.messages import edit, page, post, react, read, withdraw

__all__ = ["edit", "page", "post", "react", "read", "withdraw"]
