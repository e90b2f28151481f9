"""The door: a name and a password, and for staff what Cognito wants besides."""

import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from shared.errors import Invalid
from shared.ids import derived_id
from shared.people.accounts import Accounts, Challenged, Tokens, WrongCode, WrongCredentials
from shared.people.daily import Forgotten
from shared.people.limits import SIGN_IN_PER_ADDRESS, SIGN_IN_PER_NAME, Limits
from shared.people.model import Person
from shared.people.passwords import check_password
from shared.people.signing_in import SignedIn, SignIns

_STEPS = {"NEW_PASSWORD_REQUIRED": "new_password", "SOFTWARE_TOKEN_MFA": "totp", "MFA_SETUP": "totp_setup"}


@dataclass(frozen=True)
class Step:
    """What is still wanted before somebody is signed in. `secret` and `otpauth` are for an authenticator app."""

    challenge: str
    session: str
    secret: str = ""
    otpauth: str = ""


@dataclass(frozen=True)
class Door:
    """Lets people in.

    Names come in their one normal spelling: tries are counted by it, for names that exist and names that do not alike.
    `resolve` finds the id behind a handle or an e-mail address; `arrive` gives the person whose credentials were
    right. Both answer None for nobody.
    """

    accounts: Accounts
    sign_ins: SignIns
    limits: Limits
    resolve: Callable[[str], str | None]
    arrive: Callable[[str, str, datetime], Person | None]

    def knock(self, name: str, password: str, address: str, now: datetime) -> SignedIn | Step:
        """Try a password.

        An unknown name makes the same calls with an id that is nobody's, so that neither the answer nor its time
        tells whether the name exists. Raises WrongCredentials, TooMany.
        """
        person_id = self._allowed(name, address, now)
        return self._go_on(person_id, name, self.accounts.sign_in(person_id, password), now)

    def answer(self, name: str, step: Step, answer: str, address: str, now: datetime) -> SignedIn | Step:
        """Give what a step wants. Raises WrongCredentials, WrongCode, TooMany, and what is wrong with a password."""
        person_id = self._allowed(name, address, now)
        session = self._unsealed(person_id, step, now)
        if step.challenge == "new_password":
            check_password(answer, name, field="body.answer")
            outcome = self.accounts.respond("NEW_PASSWORD_REQUIRED", session, person_id, {"NEW_PASSWORD": answer})
            return self._go_on(person_id, name, outcome, now)
        if not re.fullmatch("[0-9]{6}", answer):
            raise WrongCode("A code has six digits.", field="body.answer")
        if step.challenge == "totp":
            code = {"SOFTWARE_TOKEN_MFA_CODE": answer}
            outcome = self.accounts.respond("SOFTWARE_TOKEN_MFA", session, person_id, code)
        else:
            session = self.accounts.verify_totp(answer, session=session)
            outcome = self.accounts.respond("MFA_SETUP", session, person_id, {})
        return self._go_on(person_id, name, outcome, now, second_factor=True)

    def _allowed(self, name: str, address: str, now: datetime) -> str:
        self.limits.spend(SIGN_IN_PER_ADDRESS, address, now)
        person_id = self.resolve(name) or derived_id("nobody", name)
        self.limits.spend(SIGN_IN_PER_NAME, person_id, now)
        return person_id

    def _go_on(
        self, person_id: str, name: str, outcome: Tokens | Challenged, now: datetime, *, second_factor: bool = False
    ) -> SignedIn | Step:
        if isinstance(outcome, Challenged):
            return self._step(person_id, name, outcome, now)
        person = self.arrive(person_id, name, now)
        if person is None:
            raise WrongCredentials
        if second_factor:
            person = self.sign_ins.note_second_factor(person)
        return self.sign_ins.begin(person, outcome, now)

    def _step(self, person_id: str, name: str, challenged: Challenged, now: datetime) -> Step:
        step = _STEPS.get(challenged.name)
        if step is None:
            raise Invalid(f"This sign-in needs {challenged.name}, which is not offered here.")
        if step == "totp_setup":
            secret, session = self.accounts.totp_secret(session=challenged.session)
            return Step(step, self._sealed(person_id, step, session, now.date(), now), secret, otpauth(name, secret))
        return Step(step, self._sealed(person_id, step, challenged.session, now.date(), now))

    def _sealed(self, person_id: str, challenge: str, session: str, on: date, now: datetime) -> str:
        """Cognito's session, good for this person and this step only: not every Cognito there is checks that itself."""
        seal = self.limits.daily.digest(on, "step", person_id, challenge, session, now=now)
        return f"{on}.{seal[:32]}.{session}"

    def _unsealed(self, person_id: str, step: Step, now: datetime) -> str:
        """Raises WrongCredentials for a session we did not give to this person for this step."""
        try:
            on, _, session = step.session.split(".", 2)
            genuine = self._sealed(person_id, step.challenge, session, date.fromisoformat(on), now)
        except (ValueError, Forgotten):
            raise WrongCredentials from None
        if not hmac.compare_digest(genuine.encode(), step.session.encode()):
            raise WrongCredentials
        return session


def otpauth(name: str, secret: str) -> str:
    """The address authenticator apps read from a QR code (Google Authenticator's key URI format)."""
    return f"otpauth://totp/Hearthline:{quote(name)}?secret={secret}&issuer=Hearthline"
