"""What callers may write: dates, instants and zones as the contract shows them, and nothing that only looks alike."""

import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from functions.call import Input
from functions.inputs import Day, Instant, SeenVersion, Zone
from tests.support.zones import ALL_ZONES

# The system may add names of its own, and one that means "nobody has set the clock".
ZONES = sorted(set(ALL_ZONES) - {"Factory", "localtime"})


class Form(Input):
    """A bit of everything."""

    day: Day = date(2027, 3, 1)
    instant: Instant = datetime(2027, 3, 1, tzinfo=UTC)
    zone: Zone = "UTC"
    version: SeenVersion = 0


def read(**given: object) -> Form:
    return Form.model_validate_json(json.dumps(given), strict=True)


def refused(**given: object) -> bool:
    try:
        read(**given)
    except ValidationError as error:
        assert [list(fault["loc"]) for fault in error.errors()] == [[name] for name in given]
        return True
    return False


@given(st.dates(date(2000, 1, 1), date(2999, 12, 31)))
def test_every_date_is_read_from_a_body_and_from_a_query_alike(day: date) -> None:
    assert read(day=day.isoformat()).day == day
    assert Form.model_validate_strings({"day": day.isoformat()}).day == day


@pytest.mark.parametrize(
    "given",
    [
        "2027-02-29",
        "2027-13-01",
        "2027-3-1",
        "2027-03-01T00:00:00",
        "0",
        "1800000000",
        "0001-01-01",
        "9999-12-31",
        "２０２７-０３-０１",
        "",
        0,
        None,
        True,
    ],
)
def test_what_is_no_date_is_refused(given: object) -> None:
    assert refused(day=given)
    if isinstance(given, str):
        with pytest.raises(ValidationError):
            Form.model_validate_strings({"day": given})


@given(
    st.datetimes(
        datetime(2000, 1, 2),  # noqa: DTZ001 - hypothesis adds the zone
        datetime(2999, 12, 30),  # noqa: DTZ001 - as above
        timezones=st.sampled_from(ZONES).map(ZoneInfo),
    ),
)
def test_every_instant_is_the_same_one_in_utc(instant: datetime) -> None:
    written = instant.replace(microsecond=0)
    offset = written.utcoffset()
    if offset is None or offset.seconds % 60:
        return  # local mean time: no clock shows it

    seen = read(instant=written.isoformat()).instant

    assert seen.utcoffset() == UTC.utcoffset(None)
    assert seen == written.astimezone(UTC)


@pytest.mark.parametrize("given", ["2027-03-01T18:00:00Z", "2027-03-01T18:00Z", "2027-03-01T18:00:00.000Z"])
def test_instants_as_browsers_write_them_are_read(given: str) -> None:
    assert read(instant=given).instant == datetime(2027, 3, 1, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    "given",
    [
        "2027-03-01T18:00:00",
        "2027-03-01 18:00:00Z",
        "2027-03-01T18:00:00.5Z",
        "2027-03-01T25:00:00Z",
        "2027-03-01T18:00:00+99:00",
        "2027-03-01",
        "1800000000",
        1800000000,
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-05:00",
        None,
    ],
)
def test_what_is_no_instant_is_refused(given: object) -> None:
    assert refused(instant=given)


@pytest.mark.parametrize("zone", ZONES)
def test_every_zone_of_the_tz_database_is_known(zone: str) -> None:
    assert read(zone=zone).zone == zone


@pytest.mark.parametrize(
    "zone",
    [
        "Mars/Base",
        "",
        "america",
        "America",
        "localtime",
        "posixrules",
        "right/UTC",
        "posix/UTC",
        "Factory",
        "../UTC",
        "/etc/localtime",
        "x" * 65,
    ],
)
def test_what_a_browser_could_not_show_is_no_zone(zone: str) -> None:
    assert refused(zone=zone)


@pytest.mark.parametrize("given", [-1, 2**31, 10**40, 1.0, "1", True])
def test_versions_are_whole_numbers_that_the_table_can_hold(given: object) -> None:
    assert refused(version=given)
