"""What an organisation may decide: `cdk.json`, context key `hearthline`, checked before anything is built."""

import re
from typing import Annotated, Any, Literal, NamedTuple
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from infra.chime_regions import MEDIA_REGIONS
from shared.e164 import COUNTRIES, is_e164

# CloudWatch Logs keeps a log group for one of these numbers of days and no other.
LOG_RETENTION_DAYS = (
    1,
    3,
    5,
    7,
    14,
    30,
    60,
    90,
    120,
    150,
    180,
    365,
    400,
    545,
    731,
    1096,
    1827,
    2192,
    2557,
    2922,
    3288,
    3653,
)


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("unknown zone")
    return name


def _keepable(days: int) -> int:
    if days not in LOG_RETENTION_DAYS:
        raise ValueError("not a period CloudWatch Logs knows")
    return days


def _carries_media(region: str) -> str:
    if region not in MEDIA_REGIONS:
        raise ValueError("not a Region that carries Chime's calls")
    return region


def _no_repetition(codes: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(codes)) != len(codes):
        raise ValueError("repeated")
    return codes


def _parameter(name: str) -> str:
    if not _PARAMETER.fullmatch(name):
        raise ValueError("no name of a parameter")
    return name


# RFC 7065. Browsers take a relay by its name or address, and by UDP or TCP.
_TURN_URL = r"^turns?:([A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?(\?transport=(udp|tcp))?$"
# What SSM takes as the name of a parameter in a hierarchy.
_PARAMETER = re.compile(r"(?!/(?:aws|ssm))(?:/[A-Za-z0-9_.-]+){1,15}", re.IGNORECASE)

TurnUrl = Annotated[str, StringConstraints(pattern=_TURN_URL, max_length=256)]


def _e164(number: str) -> str:
    if not is_e164(number):
        raise ValueError("no number in E.164")
    return number


def _callable(codes: tuple[str, ...]) -> tuple[str, ...]:
    if not set(codes) <= COUNTRIES.keys():
        raise ValueError("a country that is not called")
    return _no_repetition(codes)


Email = Annotated[str, StringConstraints(pattern=r"^[^@\s\"<>,;]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", max_length=254)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
AN_EMAIL = 'an e-mail address such as "care@example.org"'


class Phone(BaseModel):
    """A number of the organisation's at Amazon Chime SDK, and the countries whose clients may ask to be called."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    number: Annotated[str, AfterValidator(_e164)]
    call_out_countries: Annotated[tuple[Country, ...], Field(strict=False), AfterValidator(_callable)] = ()


class Sms(BaseModel):
    """A number, pool or sender id of the organisation's at AWS End User Messaging, and the countries texts go to."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    origination: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_:/+-]{1,256}$")]
    countries: Annotated[tuple[Country, ...], Field(min_length=1, strict=False), AfterValidator(_callable)]


class WrongSetting(Exception):  # noqa: N818 - named for what happened
    """A setting nobody could deploy. Its text is one sentence: the key, the value, and what is allowed."""


class OwnTurn(BaseModel):
    """A relay the organisation runs itself; the secret it shares with us lies in SSM under this name."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    kind: Literal["static"]
    urls: Annotated[
        tuple[TurnUrl, ...], Field(min_length=1, max_length=4, strict=False), AfterValidator(_no_repetition)
    ]
    secret_parameter: Annotated[str, AfterValidator(_parameter), Field(max_length=1000)]


class KinesisTurn(BaseModel):
    """The relay of Kinesis Video Streams."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    kind: Literal["kinesis"]


Turn = OwnTurn | KinesisTurn


class Settings(BaseModel):
    """The organisation's choices, each with a default that is safe to deploy; a description says what is allowed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    organisation: Annotated[str, StringConstraints(pattern=r"^[^<>\r\n]{1,80}$")] = Field(
        "Hearthline", description="a name of 1 to 80 characters without < or >"
    )
    contact_email: Email | None = Field(None, description=f"{AN_EMAIL}, or null")
    admin_email: Email | None = Field(None, description=f"{AN_EMAIL}, or null")
    sender_email: Email | None = Field(None, description=f"{AN_EMAIL} that Amazon SES has verified, or null")
    countries: Annotated[tuple[Country, ...], Field(min_length=1, strict=False), AfterValidator(_no_repetition)] = (
        Field(
            ("US", "CA", "GB", "IE", "AU", "NZ", "ES", "MX"),
            description='a list of different two-letter country codes such as ["US", "GB"]',
        )
    )
    languages: Annotated[
        tuple[Literal["en", "es", "ar"], ...], Field(min_length=1, strict=False), AfterValidator(_no_repetition)
    ] = Field(("en", "es", "ar"), description='a list of one or more of "en", "es" and "ar"')
    default_zone: Annotated[str, AfterValidator(_known_zone)] = Field(
        "UTC", description='the name of a time zone such as "America/New_York"'
    )
    video_provider: Literal["chime", "peer"] | None = Field(
        None, description='"chime" or "peer", or null for chime in AWS and peer on a laptop'
    )
    circle_provider: Literal["chime", "peer"] | None = Field(
        None, description='"chime" or "peer", or null for chime in AWS and peer on a laptop; peer connects up to four'
    )
    video_ceiling_usd: Annotated[int, Field(ge=0, le=1_000_000)] | None = Field(
        50,
        description="a whole number of US dollars from 0 to 1000000 that calls by Chime may cost a month, or null for "
        "no ceiling",
    )
    turn: Annotated[Turn, Field(discriminator="kind")] | None = Field(
        None,
        description='{"kind": "static", "urls": ["turns:turn.example.org:443?transport=tcp"], '
        '"secret_parameter": "/hearthline/turn-secret"} with one to four addresses, {"kind": "kinesis"}, or null',
    )
    media_region: Annotated[str, AfterValidator(_carries_media)] | None = Field(
        None,
        description=f"the Region through which Chime carries calls, one of {', '.join(MEDIA_REGIONS)}, "
        "or null for the stack's own",
    )
    encryption: Literal["customer", "aws"] = Field("customer", description='"customer" or "aws"')
    phone: Phone | None = Field(
        None,
        description='null, or {"number": "+12065550100", "call_out_countries": ["US"]} with your number and none or '
        f'some of {", ".join(COUNTRIES)}; it needs encryption "customer" and no video_provider "peer"',
    )
    sms: Sms | None = Field(
        None,
        description='null, or {"origination": "+12065550100", "countries": ["US"]} with your number, pool or sender id '
        f'at AWS End User Messaging and some of {", ".join(COUNTRIES)}; it needs encryption "customer"',
    )
    log_retention_days: Annotated[int, AfterValidator(_keepable)] = Field(
        90, description=f"one of the numbers {', '.join(map(str, LOG_RETENTION_DAYS))}"
    )
    audit_retention_days: Annotated[int, Field(ge=365, le=36500)] = Field(
        2190, description="a whole number of days from 365 to 36500"
    )
    alarm_email: Email | None = Field(None, description=f"{AN_EMAIL}, or null")

    @field_validator("sms")
    @classmethod
    def _needs_a_key(cls, sms: Sms | None, others: ValidationInfo) -> Sms | None:
        if sms and others.data.get("encryption") != "customer":
            raise ValueError("nothing to seal numbers with")
        return sms

    @field_validator("phone")
    @classmethod
    def _needs_a_key_and_chime(cls, phone: Phone | None, others: ValidationInfo) -> Phone | None:
        if phone and (others.data.get("encryption") != "customer" or others.data.get("video_provider") == "peer"):
            raise ValueError("nothing to seal numbers with, or no call to come into")
        return phone


class Laptop(NamedTuple):
    """Where the stack finds itself when it is deployed to the emulator instead of AWS."""

    site_address: str
    admin_email: str
    emulator_address: str


def usual_provider(*, local: bool) -> Literal["chime", "peer"]:
    """What carries calls where the organisation has not decided: nothing on a laptop plays Chime."""
    return "peer" if local else "chime"


def read_settings(given: Any) -> Settings:
    """The settings in `given`, the value of the context key.

    Raises WrongSetting for the first thing that is wrong.
    """
    if given is None:
        return Settings()
    if not isinstance(given, dict):
        raise WrongSetting(f"cdk.json: hearthline is {given!r}; allowed is an object of settings.")
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        key = str(error.errors()[0]["loc"][0])
    if key not in Settings.model_fields:
        raise WrongSetting(
            f"cdk.json: hearthline.{key} is {given[key]!r}, but there is no such setting; "
            f"allowed are {', '.join(Settings.model_fields)}."
        )
    raise WrongSetting(
        f"cdk.json: hearthline.{key} is {given[key]!r}; allowed is {Settings.model_fields[key].description}."
    )


def read_laptop(local: Any, site_address: Any, admin_email: Any, emulator_address: Any) -> Laptop | None:
    """Whether this is the laptop: `-c local=true -c site_address=http://localhost:8080 -c admin_email=ada@example.org
    -c emulator_address=http://127.0.0.1:4566`.

    Raises WrongSetting when it is and something is missing.
    """
    if str(local).lower() not in ("none", "true", "false"):
        raise WrongSetting(f"context local is {local!r}; allowed is true or false.")
    if str(local).lower() != "true":
        return None
    if not site_address or not admin_email or not emulator_address:
        raise WrongSetting(
            "context local=true also needs site_address, admin_email and emulator_address; `make start` gives all four."
        )
    return Laptop(str(site_address), str(admin_email), str(emulator_address))
