"""Cognito: it keeps the passwords and signs the tokens. Its user names are our opaque person ids."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from shared.errors import Invalid, SignInRequired, TooMany

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient


class WrongCredentials(SignInRequired):
    """Unknown name, wrong password, wrong code: never which."""

    code = "wrong_credentials"
    title = "That did not match"


class WrongCode(Invalid):
    """A six-digit code that does not fit. Codes change every half minute."""

    code = "wrong_code"
    title = "That code did not match"


@dataclass(frozen=True)
class Tokens:
    """What Cognito gives for a sign-in. `sign_in` is the id shared by all access tokens of this sign-in."""

    access: str
    refresh: str
    expires_in: int
    sign_in: str


@dataclass(frozen=True)
class Challenged:
    """Cognito wants something more: `name` is its word for what, `session` continues."""

    name: str
    session: str


_WRONG = {"NotAuthorizedException", "UserNotFoundException", "PasswordResetRequiredException"}
_WRONG |= {"UserNotConfirmedException"}
_WRONG_CODE = {"CodeMismatchException", "EnableSoftwareTokenMFAException", "ExpiredCodeException"}
_SLOW_DOWN = {"TooManyRequestsException", "LimitExceededException", "TooManyFailedAttemptsException"}


@dataclass(frozen=True)
class Accounts:
    """One user pool, through its server-side client."""

    client: "CognitoIdentityProviderClient"
    pool_id: str
    client_id: str

    def create(self, person_id: str) -> None:
        """Make the account unless it exists. It cannot be used until a password is set."""
        try:
            self.client.admin_create_user(UserPoolId=self.pool_id, Username=person_id, MessageAction="SUPPRESS")
        except self.client.exceptions.UsernameExistsException:
            return

    def invite(self, person_id: str, email: str, one_time_password: str) -> None:
        """Make a staff account, unless it exists, and let Cognito mail its one-time password."""
        try:
            self.client.admin_create_user(
                UserPoolId=self.pool_id,
                Username=person_id,
                TemporaryPassword=one_time_password,
                UserAttributes=[{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}],
                DesiredDeliveryMediums=["EMAIL"],
            )
        except self.client.exceptions.UsernameExistsException:
            self.set_password(person_id, one_time_password, lasting=False)

    def set_password(self, person_id: str, password: str, *, lasting: bool = True) -> None:
        """Replace the password; one that is not lasting has to be changed at the next sign-in."""
        self.client.admin_set_user_password(
            UserPoolId=self.pool_id, Username=person_id, Password=password, Permanent=lasting
        )

    def sign_in(self, person_id: str, password: str) -> Tokens | Challenged:
        """Raises WrongCredentials, whatever is wrong, and TooMany when Cognito asks for a pause."""
        answer = self._asking(
            self.client.admin_initiate_auth,
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": person_id, "PASSWORD": password},
        )
        return _outcome(answer)

    def refresh(self, refresh_token: str) -> Tokens:
        """A new access token of the same sign-in. Raises WrongCredentials when it has ended."""
        answer = self._asking(
            self.client.admin_initiate_auth,
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters={"REFRESH_TOKEN": refresh_token},
        )
        outcome = _outcome(answer, refresh_token)
        if isinstance(outcome, Challenged):
            raise WrongCredentials
        return outcome

    def respond(
        self, challenge: str, session: str, person_id: str, responses: Mapping[str, str]
    ) -> Tokens | Challenged:
        """Answer what Cognito wanted. Raises WrongCredentials, WrongCode or TooMany."""
        answer = self._asking(
            self.client.admin_respond_to_auth_challenge,
            ChallengeName=challenge,
            Session=session,
            ChallengeResponses={"USERNAME": person_id, **responses},
        )
        return _outcome(answer)

    def totp_secret(self, *, session: str = "", access_token: str = "") -> tuple[str, str]:
        """A new secret for an authenticator app and the session to go on with (empty for an access token)."""
        by: dict[str, Any] = {"Session": session} if session else {"AccessToken": access_token}
        answer = self._translated(self.client.associate_software_token, **by)
        return answer["SecretCode"], answer.get("Session", "")

    def verify_totp(self, code: str, *, session: str = "", access_token: str = "", field: str = "body.answer") -> str:
        """Check the first code of a new secret; the session to go on with. Raises WrongCode about `field`."""
        by: dict[str, Any] = {"Session": session} if session else {"AccessToken": access_token}
        answer = self._translated(self.client.verify_software_token, field, UserCode=code, **by)
        if answer["Status"] != "SUCCESS":
            raise WrongCode(field=field)
        session_after: str = answer.get("Session", "")
        return session_after

    def require_totp(self, person_id: str) -> None:
        """From now on this account's sign-in asks for a code."""
        self.client.admin_set_user_mfa_preference(
            UserPoolId=self.pool_id,
            Username=person_id,
            SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True},
        )

    def forget_totp(self, person_id: str) -> None:
        """Stop asking for a code. Where a second factor is required the next sign-in sets up a new one."""
        self.client.admin_set_user_mfa_preference(
            UserPoolId=self.pool_id,
            Username=person_id,
            SoftwareTokenMfaSettings={"Enabled": False, "PreferredMfa": False},
        )

    def sign_out(self, person_id: str) -> None:
        """End every sign-in at Cognito, as far as it can (access tokens live on: our own record decides)."""
        self.client.admin_user_global_sign_out(UserPoolId=self.pool_id, Username=person_id)

    def suspend(self, person_id: str) -> None:
        """Let nobody sign in with this account."""
        self.client.admin_disable_user(UserPoolId=self.pool_id, Username=person_id)

    def restore(self, person_id: str) -> None:
        """Undo `suspend`."""
        self.client.admin_enable_user(UserPoolId=self.pool_id, Username=person_id)

    def delete(self, person_id: str) -> None:
        """Remove the account, if it is there."""
        try:
            self.client.admin_delete_user(UserPoolId=self.pool_id, Username=person_id)
        except self.client.exceptions.UserNotFoundException:
            return

    def _asking(self, ask: Any, **asked: Any) -> Any:
        return self._translated(ask, UserPoolId=self.pool_id, ClientId=self.client_id, **asked)

    def _translated(self, ask: Any, code_field: str = "body.answer", **asked: Any) -> Any:
        try:
            return ask(**asked)
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code in _WRONG:
                raise WrongCredentials from None
            if code in _WRONG_CODE:
                raise WrongCode("Please wait for the next code and try that one.", field=code_field) from None
            if code in _SLOW_DOWN:
                raise TooMany(60) from None
            raise


def _outcome(answer: Mapping[str, Any], refresh_token: str = "") -> Tokens | Challenged:
    if "AuthenticationResult" not in answer:
        return Challenged(answer["ChallengeName"], answer["Session"])
    result = answer["AuthenticationResult"]
    access = result["AccessToken"]
    sign_in = sign_in_id(_claims(access)["origin_jti"])
    return Tokens(access, result.get("RefreshToken", refresh_token), result["ExpiresIn"], sign_in)


def sign_in_id(origin_jti: str) -> str:
    """The claim `origin_jti`, which all tokens of one sign-in share, as we keep it."""
    return origin_jti.replace("-", "")


def _claims(token: str) -> dict[str, Any]:
    """What a token says. Only for tokens that Cognito itself has just handed to us: nothing is verified here."""
    payload = token.split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims
