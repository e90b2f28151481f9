"""Routes: a counselor's private notes of their appointments."""

from datetime import datetime
from typing import Annotated

from pydantic import StringConstraints

from functions.call import Call, Input, Reply, View
from functions.inputs import SeenVersion
from functions.operation import operation
from functions.staff_api.app import StaffApp
from shared.appointments.note import LONGEST, Note, NoteKind, NoteWords
from shared.appointments.notes import Earlier
from shared.errors import ChangedMeanwhile, NotAllowed, NotFound, Refusal
from shared.intents import KeyReused, Repeated

Words = Annotated[str, StringConstraints(max_length=LONGEST)]


class NoteInput(Input):
    """A whole note, and the version that was seen. `text` is of free ones, the rest of structured ones."""

    kind: NoteKind
    text: Words = ""
    talked_about: Words = ""
    how_they_are: Words = ""
    agreed: Words = ""
    next_steps: Words = ""
    version: SeenVersion

    @property
    def words(self) -> NoteWords:
        """What was written."""
        return NoteWords(self.text, self.talked_about, self.how_they_are, self.agreed, self.next_steps)


class NoteView(View):
    """A note, to its author. Version 0: nothing was written yet."""

    kind: NoteKind
    text: str
    talked_about: str
    how_they_are: str
    agreed: str
    next_steps: str
    version: int
    changed_at: datetime | None

    @classmethod
    def of(cls, note: Note) -> "NoteView":
        """The note."""
        return cls(**_fields(note))


class EarlierNoteView(NoteView):
    """A note of an earlier appointment, and when that began."""

    appointment_id: str
    start: datetime

    @classmethod
    def told(cls, earlier: Earlier) -> "EarlierNoteView":
        """The note and its appointment."""
        appointment = earlier.appointment
        return cls(**_fields(earlier.note), appointment_id=appointment.id, start=appointment.start)


class EarlierNotesView(View):
    """Newest first."""

    notes: list[EarlierNoteView]


@operation({200: NoteView}, NotAllowed, NotFound)
def show(app: StaffApp, call: Call) -> Reply:
    """The caller's note of this appointment."""
    return Reply.of(NoteView.of(app.notes.own(call.caller, call.path["appointment_id"])))


@operation({200: NoteView}, NotAllowed, NotFound, ChangedMeanwhile, KeyReused, keyed=True, most_bytes=256 * 1024)
def write(app: StaffApp, call: Call, body: NoteInput) -> Reply:
    """Replace the caller's note of this appointment.

    What is remembered of it holds no words: a repeat is shown the note as it is by then.
    """
    appointment_id = call.path["appointment_id"]
    if call.intents.recall(call.named_intent, call.now) is None:
        try:
            once = call.once(None)
            written = app.notes.write(call.caller, appointment_id, body.kind, body.words, body.version, once, call.now)
            return Reply.of(NoteView.of(written))
        except (Refusal, Repeated):
            if call.intents.recall(call.named_intent, call.now) is None:
                raise
    return Reply.of(NoteView.of(app.notes.own(call.caller, appointment_id)))


@operation({200: EarlierNotesView}, NotAllowed, NotFound)
def before(app: StaffApp, call: Call) -> Reply:
    """What the caller wrote about earlier appointments with the same client."""
    found = app.notes.before(call.caller, call.path["appointment_id"])
    return Reply.of(EarlierNotesView(notes=[EarlierNoteView.told(earlier) for earlier in found]))


def _fields(note: Note) -> dict[str, object]:
    return {**note.words.__dict__, "kind": note.kind, "version": note.version, "changed_at": note.changed_at}
