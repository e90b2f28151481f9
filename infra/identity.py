"""Who may sign in: members, known by a handle alone, and staff, invited by name."""

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_cognito as cognito
from constructs import Construct

from infra.reasons import accept
from infra.settings import Settings
from shared.people.arrivals import first_admin_id

# NIST SP 800-63B and OWASP ASVS 5 (6.2.5): length, and refusal of breached passwords by our own code; no composition
# rules, which make passwords shorter and guessable.
_PASSWORDS = cognito.PasswordPolicy(
    min_length=12,
    require_lowercase=False,
    require_uppercase=False,
    require_digits=False,
    require_symbols=False,
    temp_password_validity=Duration.days(7),
)
_WHY_NO_COMPOSITION = (
    "OWASP ASVS 5 (6.2.5) forbids composition rules: 12 characters are required, and the service refuses breached and "
    "common passwords before Cognito sees them."
)
_WHY_NO_THREAT_PROTECTION = (
    "Threat protection profiles people by address and device and bills each of them; sign-in is limited per handle and "
    "per address hash by the service itself."
)


class Identity(Construct):
    """Two user pools, each with the one client our functions use on a person's behalf. Nobody signs themselves up."""

    def __init__(self, scope: Construct, id_: str, *, settings: Settings, site_address: str, local: bool) -> None:
        super().__init__(scope, id_)
        self.members = cognito.UserPool(
            self,
            "Members",
            self_sign_up_enabled=False,
            sign_in_aliases=cognito.SignInAliases(username=True),
            sign_in_case_sensitive=False,
            password_policy=_PASSWORDS,
            # There is no address to recover to: a recovery code is the way back in.
            account_recovery=cognito.AccountRecovery.NONE,
            mfa=cognito.Mfa.OFF,
            feature_plan=cognito.FeaturePlan.ESSENTIALS,
            deletion_protection=True,
            removal_policy=RemovalPolicy.RETAIN,
        )
        accept(
            self.members,
            {
                "AwsSolutions-COG1": _WHY_NO_COMPOSITION,
                "AwsSolutions-COG2": "A member has no phone, e-mail or name here, and may share a device in secret: "
                "a second factor would lock out the people this is for.",
                "AwsSolutions-COG3": _WHY_NO_THREAT_PROTECTION,
                "AwsSolutions-COG8": _WHY_NO_THREAT_PROTECTION,
            },
        )
        self.staff = cognito.UserPool(
            self,
            "Staff",
            self_sign_up_enabled=False,
            sign_in_aliases=cognito.SignInAliases(username=True),
            standard_attributes=cognito.StandardAttributes(
                email=cognito.StandardAttribute(required=True, mutable=True)
            ),
            password_policy=_PASSWORDS,
            account_recovery=cognito.AccountRecovery.NONE,
            mfa=cognito.Mfa.OPTIONAL if local else cognito.Mfa.REQUIRED,
            mfa_second_factor=cognito.MfaSecondFactor(otp=True, sms=False),
            user_invitation=_invitation(settings.organisation, site_address),
            email=cognito.UserPoolEmail.with_ses(from_email=settings.sender_email) if settings.sender_email else None,
            feature_plan=cognito.FeaturePlan.ESSENTIALS,
            deletion_protection=True,
            removal_policy=RemovalPolicy.RETAIN,
        )
        accept(
            self.staff,
            {
                "AwsSolutions-COG1": _WHY_NO_COMPOSITION,
                "AwsSolutions-COG3": _WHY_NO_THREAT_PROTECTION,
                "AwsSolutions-COG8": _WHY_NO_THREAT_PROTECTION,
            },
        )
        if local:
            accept(self.staff, {"AwsSolutions-COG2": "On a laptop a second factor can be tried but is not forced."})
        self.member_client = self._client("MemberClient", self.members)
        self.staff_client = self._client("StaffClient", self.staff)
        # The emulator's CloudFormation has no such resource; there the demo people include the first admin.
        if settings.admin_email and not local:
            cognito.CfnUserPoolUser(
                self,
                "FirstAdmin",
                user_pool_id=self.staff.user_pool_id,
                username=first_admin_id(settings.admin_email),
                desired_delivery_mediums=["EMAIL"],
                user_attributes=[
                    cognito.CfnUserPoolUser.AttributeTypeProperty(name="email", value=settings.admin_email),
                    cognito.CfnUserPoolUser.AttributeTypeProperty(name="email_verified", value="true"),
                ],
            )

    def _client(self, id_: str, pool: cognito.UserPool) -> cognito.UserPoolClient:
        return cognito.UserPoolClient(
            self,
            id_,
            user_pool=pool,
            # Only a function with the pool's Admin permissions can turn a password into tokens.
            auth_flows=cognito.AuthFlow(admin_user_password=True),
            disable_o_auth=True,
            generate_secret=False,
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            access_token_validity=Duration.minutes(15),
            id_token_validity=Duration.minutes(15),
            refresh_token_validity=Duration.days(30),
            auth_session_validity=Duration.minutes(10),
        )


def _invitation(organisation: str, site_address: str) -> cognito.UserInvitationConfig:
    return cognito.UserInvitationConfig(
        email_subject=f"Your invitation to {organisation}",
        email_body=(
            f"<p>Welcome to {organisation}.</p>"
            f"<p>Go to {site_address}/staff and sign in with this e-mail address and the one-time password below. "
            "You will then choose a password of your own.</p>"
            "<p>One-time password: {####}<br>It is good for seven days.</p>"
            "<p>If anything goes wrong, tell us: reference {username}.</p>"
        ),
    )
