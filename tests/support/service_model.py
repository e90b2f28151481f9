"""What AWS itself would refuse, refused here: emulators let through names too long, patterns broken, words unknown.

Every call of a guarded client is held against the lengths, ranges, patterns and enumerations of the service's own
model, which botocore carries but does not enforce.
"""

from dataclasses import dataclass, field
from typing import Any

import regex  # type: ignore[import-untyped]

# The model says `[\S]+`; the service says otherwise, in its user guide ("the non-leading, non-trailing space character
# is also treated as a special character") and in its answer ("must satisfy regular expression pattern:
# ^[\S]+.*[\S]+$"). It is Java, where a dot stands for none of the five ends of a line.
COGNITO_PASSWORD = r"[\S]+[^\n\r\u0085\u2028\u2029]*[\S]+"
_KNOWN_BETTER = {"PasswordType": COGNITO_PASSWORD}


class AwsWouldRefuse(Exception):  # noqa: N818 - says what would happen
    """A parameter breaks the service's model."""


@dataclass
class Guard:
    """Watches clients. What it found stays in `faults`, even if the code under test has swallowed the exception."""

    faults: list[str] = field(default_factory=list)

    def watch(self, client: Any) -> None:
        """Check every call of this client from now on."""
        client.meta.events.register("provide-client-params", self._check)

    def _check(self, params: dict[str, Any], model: Any, **_: Any) -> None:
        found = list(_faults(model.name, params, model.input_shape)) if model.input_shape else []
        if found:
            self.faults += found
            raise AwsWouldRefuse("; ".join(found))


def _faults(where: str, value: Any, shape: Any) -> Any:
    """Sentences about what does not fit. Values are never quoted: they may be passwords."""
    rules = shape.metadata
    if shape.type_name == "structure":
        for name, inner in value.items():
            if name in shape.members:
                yield from _faults(f"{where}.{name}", inner, shape.members[name])
    elif shape.type_name == "list":
        yield from _sized(where, len(value), rules, "entries")
        for number, inner in enumerate(value):
            yield from _faults(f"{where}[{number}]", inner, shape.member)
    elif shape.type_name == "map":
        yield from _sized(where, len(value), rules, "entries")
        for name, inner in value.items():
            yield from _faults(f"{where} key", name, shape.key)
            yield from _faults(f"{where}.{name}", inner, shape.value)
    elif shape.type_name == "string":
        yield from _sized(where, len(value), rules, "characters")
        pattern = _KNOWN_BETTER.get(shape.name, rules.get("pattern"))
        if pattern and not regex.fullmatch(pattern, value):
            yield f"{where} must match {pattern}"
        if shape.enum and value not in shape.enum:
            yield f"{where} must be one of {shape.enum}"
    elif shape.type_name == "blob":
        yield from _sized(where, len(value), rules, "bytes")
    elif shape.type_name in {"integer", "long", "float", "double"}:
        yield from _sized(where, value, rules, "in value")


def _sized(where: str, size: float, rules: dict[str, Any], what: str) -> Any:
    if "min" in rules and size < rules["min"]:
        yield f"{where} must be at least {rules['min']} {what}, is {size}"
    if "max" in rules and size > rules["max"]:
        yield f"{where} must be at most {rules['max']} {what}, is {size}"
