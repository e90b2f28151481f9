"""The one table from refusals to HTTP, and the shape of a problem (RFC 9457)."""

from typing import Any

from shared.errors import (
    Busy,
    Conflict,
    Malformed,
    NotAllowed,
    NotFound,
    Refusal,
    SignInRequired,
    TooMany,
)

_STATUS: tuple[tuple[type[Refusal], int], ...] = (
    (Malformed, 400),
    (SignInRequired, 401),
    (NotAllowed, 403),
    (NotFound, 404),
    (Conflict, 409),
    (TooMany, 429),
    (Busy, 503),
    (Refusal, 422),
)
TYPE = "https://hearthline.org/problems/"


def status_of(refusal: type[Refusal]) -> int:
    """The HTTP status a kind of refusal is answered with; what is not listed is a value to mend: 422."""
    return next(status for kind, status in _STATUS if issubclass(refusal, kind))


def problem(refusal: Refusal) -> dict[str, Any]:
    """The body of `application/problem+json` for this refusal."""
    kind = type(refusal)
    return {
        "type": TYPE + kind.code.replace("_", "-"),
        "title": kind.title,
        "status": status_of(kind),
        "detail": refusal.detail,
        "code": kind.code,
        **({"field": refusal.field} if refusal.field else {}),
        **refusal.extra,
    }


FAULT = {
    "type": TYPE + "fault",
    "title": "Something went wrong on our side",
    "status": 500,
    "detail": "Nothing you entered is lost. Please try again in a moment.",
    "code": "fault",
}
