"""How practices are kept.

    COUNSELORS   COUNSELOR#<id>   profile and availability, each with its version

One partition, listed by one query: a small organisation has up to a few hundred counselors (about 2 kB each, so 250
of them are half a megabyte and 64 read units). Past that, cut the partition by language.
"""

from dataclasses import asdict, dataclass
from datetime import date

from shared.appointments.availability import Availability, DayException, Hours
from shared.appointments.model import Mode
from shared.appointments.profile import Practice, Profile
from shared.tables import Item, Lost, Table, Write
from shared.topics import Topic

_PK = "COUNSELORS"


@dataclass(frozen=True)
class PracticeStore:
    """Reads practices, and makes the writes that change them."""

    table: Table

    def find(self, counselor_id: str) -> Practice | None:
        """A counselor's practice, if they have written anything yet."""
        item = self.table.get(_PK, _sk(counselor_id))
        return _practice(item) if item else None

    def ids(self) -> list[str]:
        """Everybody who has written something about a practice, published or not."""
        return [
            item["sk"].removeprefix("COUNSELOR#") for item in self.table.query(_PK, "COUNSELOR#", "COUNSELOR#\uffff")
        ]

    def published(self) -> list[Practice]:
        """Those that clients can find."""
        items = self.table.query(_PK, "COUNSELOR#", "COUNSELOR#\uffff")
        return [practice for practice in map(_practice, items) if practice.profile.published]

    def write_profile(self, counselor_id: str, profile: Profile) -> Write:
        """Replace the profile whose version is one less than this one's."""
        values = {
            "name": profile.name,
            "about": profile.about,
            "languages": sorted(profile.languages),
            "topics": sorted(profile.topics),
            "modes": sorted(profile.modes),
            "published": profile.published,
            "profile_version": profile.version,
        }
        return self._change(counselor_id, values, "profile_version", profile.version)

    def set_availability(self, counselor_id: str, availability: Availability) -> Write:
        """Replace the availability whose version is one less than this one's."""
        kept = {name: value for name, value in asdict(availability).items() if name != "version"}
        kept["weekly"] = [asdict(hours) for hours in availability.weekly]
        kept["exceptions"] = [{**asdict(e), "on": e.on.isoformat()} for e in availability.exceptions]
        values = {"availability": kept, "availability_version": availability.version}
        return self._change(counselor_id, values, "availability_version", availability.version)

    def check_published(self, counselor_id: str, lost: Lost) -> Write:
        """Let a commit stand only while clients can find this counselor."""
        return self.table.check(_PK, _sk(counselor_id), "published = :yes", values={"yes": True}, lost=lost)

    def hide(self, counselor_id: str) -> list[Write]:
        """Take a counselor out of what clients find, and say that no calendar of theirs is watched.

        Nothing to do for one who has no practice.
        """
        if self.find(counselor_id) is None:
            return []
        return [
            self.table.update(_PK, _sk(counselor_id), "SET published = :no REMOVE busy_calendar", values={"no": False})
        ]

    def note_busy_calendar(self, counselor_id: str, *, there: bool) -> Write:
        """Say whether another calendar of this counselor is watched."""
        if there:
            return self.table.update(_PK, _sk(counselor_id), "SET busy_calendar = :yes", values={"yes": True})
        return self.table.update(_PK, _sk(counselor_id), "REMOVE busy_calendar")

    def _change(self, counselor_id: str, values: Item, version: str, to: int) -> Write:
        change = "SET " + ", ".join(f"#{name} = :{name}" for name in values)
        first = f"attribute_not_exists(#{version})"
        return self.table.update(
            _PK,
            _sk(counselor_id),
            change,
            when=f"#{version} = :before" if to > 1 else first,
            values={**values, "before": to - 1} if to > 1 else values,
        )


def _sk(counselor_id: str) -> str:
    return f"COUNSELOR#{counselor_id}"


def _practice(item: Item) -> Practice:
    kept = item.get("availability", {"zone": "UTC"})
    profile = Profile(
        name=item.get("name", ""),
        about=item.get("about", ""),
        languages=frozenset(item.get("languages", ())),
        topics=frozenset(map(Topic, item.get("topics", ()))),
        modes=frozenset(map(Mode, item.get("modes", ()))),
        published=item.get("published", False),
        version=item.get("profile_version", 0),
    )
    weekly = tuple(Hours(**hours) for hours in kept.get("weekly", ()))
    exceptions = tuple(DayException(**{**e, "on": date.fromisoformat(e["on"])}) for e in kept.get("exceptions", ()))
    availability = Availability(
        **{**kept, "weekly": weekly, "exceptions": exceptions, "version": item.get("availability_version", 0)}
    )
    return Practice(item["sk"].removeprefix("COUNSELOR#"), profile, availability, item.get("busy_calendar", False))
