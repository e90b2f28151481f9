"""What people do with their own account: change the password, get back in, make new recovery codes."""

from dataclasses import dataclass
from datetime import datetime

from shared.audit import Audit
from shared.ids import derived_id
from shared.intents import Intent, Intents, Once
from shared.people.accounts import Accounts, WrongCredentials
from shared.people.codes import code_digest, make_codes
from shared.people.daily import DailySecrets
from shared.people.handles import normal_handle
from shared.people.limits import RECOVER_PER_ADDRESS, RECOVER_PER_NAME, SIGN_IN_PER_NAME, Limits
from shared.people.model import Person, Principal
from shared.people.passwords import check_password
from shared.people.store import People
from shared.tables import Item, commit


@dataclass(frozen=True)
class OwnAccount:
    """Use cases of somebody and their own account."""

    people: People
    accounts: Accounts
    intents: Intents
    daily: DailySecrets
    limits: Limits
    audit: Audit
    organisation: str

    def update(self, caller: Principal, changes: dict[str, str], once: Once) -> Person:
        """Change zone, language or (staff) name; the person as they are then."""
        person = self.people.get(caller.id)
        after = Person(**{**person.__dict__, **changes})
        writes = [once(after)]
        if changes:
            writes.append(self.people.change(caller.id, **changes))
        commit(self.people.table.client, writes)
        return after

    def change_password(
        self, caller: Principal, current: str, new: str, intent: Intent, once: Once, now: datetime
    ) -> None:
        """Replace the password and end every other sign-in.

        Two steps: the first remembers that the current password was right, so that a repeat after a crash between
        them, or one sent at the same time, does not stumble over the password it has itself changed.
        Raises WrongCredentials, PasswordTooShort, PasswordTooCommon, TooMany.
        """
        person = self.people.get(caller.id)
        check_password(new, person.handle, person.email, self.organisation, field="body.new_password")
        dynamodb = self.people.table.client
        if not self.intents.progress(intent, now):
            try:
                self.prove(caller, current, "body.current_password", now)
            except WrongCredentials:
                if not self.intents.progress(intent, now):
                    raise
            else:
                commit(dynamodb, [self.intents.begin(intent, now)])
        self.accounts.set_password(caller.id, new)
        done = self.audit.entry(caller.id, "PasswordChanged", caller.id, now, fact=intent.key)
        kept = self.people.end_sign_ins(caller.id, keep=person.sign_ins.get(caller.sign_in))
        commit(dynamodb, [once(None), kept, done])

    def prove(self, caller: Principal, password: str, field: str, now: datetime) -> None:
        """Check somebody's password again before something that matters. Raises WrongCredentials, TooMany."""
        self.limits.spend(SIGN_IN_PER_NAME, caller.id, now)
        try:
            self.accounts.sign_in(caller.id, password)
        except WrongCredentials:
            raise WrongCredentials("This is not your present password.", field=field) from None

    def recover(
        self, handle: str, code: str, new_password: str, intent: Intent, once: Once, address: str, now: datetime
    ) -> int:
        """Set a new password with a recovery code and end every sign-in; how many codes are left.

        The code is taken away in the transaction that begins the intent, so that a repeat, after a crash or at the same
        time, goes on with the same code. Raises WrongCredentials for an unknown handle and a wrong code alike, TooMany,
        and what is wrong with the password.
        """
        self.limits.spend(RECOVER_PER_ADDRESS, address, now)
        handle = normal_handle(handle)
        self.limits.spend(RECOVER_PER_NAME, handle, now)
        digest = code_digest(code)
        check_password(new_password, handle, self.organisation, field="body.new_password")
        # Nobody's id for an unknown handle: the same calls are made either way, so the answer takes the same time.
        person_id = self.people.id_of_handle(handle) or derived_id("nobody", handle)
        dynamodb = self.people.table.client
        if not self.intents.progress(intent, now):
            used = self.people.use_code(person_id, digest, _wrong_code)
            try:
                commit(dynamodb, [used, self.intents.begin(intent, now)])
            except WrongCredentials:
                if not self.intents.progress(intent, now):
                    raise
        self.accounts.set_password(person_id, new_password)
        left = len(self.people.get(person_id).codes)
        done = self.audit.entry(person_id, "Recovered", person_id, now, fact=intent.key)
        commit(dynamodb, [once(left), self.people.end_sign_ins(person_id), done])
        self.accounts.sign_out(person_id)
        return left

    def new_codes(self, caller: Principal, password: str, intent: Intent, now: datetime) -> list[str]:
        """Eight new recovery codes; the old ones stop working. A repeat shows the same ones, past midnight too.

        Raises WrongCredentials, TooMany.
        """
        self.prove(caller, password, "body.password", now)
        before = self.intents.progress(intent, now)
        made_on = (before.begun_at if before else now).date()
        codes = make_codes(self.daily, intent.key, password, made_on, now)
        digests = frozenset(map(code_digest, codes))
        if not before:
            made = self.audit.entry(caller.id, "RecoveryCodesMade", caller.id, now, fact=intent.key)
            changed = self.people.change(caller.id, codes=digests)
            commit(self.people.table.client, [self.intents.begin(intent, now), changed, made])
        return codes


def _wrong_code(_old: Item | None) -> Exception:
    return WrongCredentials("This handle and recovery code do not belong together.")
