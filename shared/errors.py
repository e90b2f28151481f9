"""Everything that can be refused, in the words of the subject. The edge alone knows which HTTP status each becomes."""

from typing import Any, ClassVar


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault of ours
    """A request that is answered with a clear no.

    `code` is stable and machine-readable; `title` is the same for every refusal of this code; `detail` says what
    to do about this one; `field` names the part of the request at fault, such as `body.start`; `extra` travels
    beside them to help the caller go on.
    """

    code: ClassVar[str] = "refused"
    title: ClassVar[str] = "This can't be done"

    def __init__(self, detail: str = "", *, field: str | None = None, **extra: Any) -> None:
        super().__init__(self.code)
        self.detail = detail or self.title
        self.field = field
        self.extra = extra


class Malformed(Refusal):
    """The request cannot be read at all."""

    code = "malformed"
    title = "The request could not be read"


class Invalid(Refusal):
    """The request can be read, but a value in it cannot be accepted."""

    code = "invalid"
    title = "Something in the request needs to change"


class SignInRequired(Refusal):
    """Nobody is signed in, or the sign-in has ended."""

    code = "sign_in_required"
    title = "Please sign in"


class NotAllowed(Refusal):
    """Signed in, but this is for somebody in another role."""

    code = "not_allowed"
    title = "This is not open to you"


class NotFound(Refusal):
    """There is no such thing, or it is another person's: the answer is the same."""

    code = "not_found"
    title = "There is nothing here"


class Conflict(Refusal):
    """The state of things does not allow it now."""

    code = "conflict"
    title = "Things have changed meanwhile"


class ChangedMeanwhile(Conflict):
    """Somebody changed it after the caller last saw it."""

    code = "changed_meanwhile"
    title = "This was changed meanwhile. Please look again"


class TooMany(Refusal):
    """Asked too often. `retry_after` is in seconds."""

    code = "too_many"
    title = "Too many tries for now"

    def __init__(self, retry_after: int) -> None:
        super().__init__("Please wait a little and try again.", retry_after=retry_after)
        self.retry_after = retry_after


class Busy(Refusal):
    """Contention or throttling outlasted our patience; nothing was changed, and a repeat is safe."""

    code = "busy"
    title = "Busy just now. Please try again"
