"""How notes are kept, in the appointments table.

    APPOINTMENT#<id>   NOTE#<author id>   kind, the words, version, changed_at

Beside the appointment, but never part of it: whoever reads the appointment does not read this, and the table's stream
wakes `changes` for appointments alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.appointments.note import Note, NoteKind, NoteWords
from shared.clock import instant_text, parse_instant
from shared.tables import Item, Table, Write


@dataclass(frozen=True)
class NoteStore:
    """Reads notes, and makes the writes that change them."""

    table: Table

    def find(self, appointment_id: str, author_id: str) -> Note | None:
        """The note of this author, if they have written one."""
        item = self.table.get(*_key(appointment_id, author_id))
        return _note(item) if item else None

    def find_many(self, appointment_ids: Iterable[str], author_id: str) -> dict[str, Note]:
        """This author's notes of these appointments, by appointment."""
        items = self.table.get_many([_key(appointment_id, author_id) for appointment_id in sorted(appointment_ids)])
        return {note.appointment_id: note for note in map(_note, items.values())}

    def replace(self, note: Note) -> Write:
        """Keep this note in place of the one whose version is one less. Lost (ChangedMeanwhile) if it is another."""
        if note.version == 1:
            return self.table.put_new(_item(note))
        return self.table.put(_item(note), when="#version = :before", values={"before": note.version - 1})


def _key(appointment_id: str, author_id: str) -> tuple[str, str]:
    return f"APPOINTMENT#{appointment_id}", f"NOTE#{author_id}"


def _item(note: Note) -> Item:
    pk, sk = _key(note.appointment_id, note.author_id)
    return {
        "pk": pk,
        "sk": sk,
        "appointment_id": note.appointment_id,
        "author_id": note.author_id,
        "kind": note.kind,
        "words": {name: words for name, words in note.words.__dict__.items() if words},
        "version": note.version,
        "changed_at": note.changed_at and instant_text(note.changed_at),
    }


def _note(item: Item) -> Note:
    return Note(
        appointment_id=item["appointment_id"],
        author_id=item["author_id"],
        kind=NoteKind(item["kind"]),
        words=NoteWords(**item["words"]),
        version=item["version"],
        changed_at=parse_instant(item["changed_at"]),
    )
