"""Calling somebody from the organisation's number, by Amazon Chime SDK Voice. Neither side sees the other's number."""

from dataclasses import dataclass
from typing import Any, Protocol

from botocore.exceptions import ClientError

from shared.meetings.calling import or_busy
from shared.meetings.dialling import NumberNotCalled
from shared.meetings.refusals import CallBusy


class Voice(Protocol):
    """What is used of the client of Chime SDK Voice."""

    def create_sip_media_application_call(self, **request: Any) -> Any:
        """https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_voice-chime_CreateSipMediaApplicationCall.html"""


@dataclass(frozen=True)
class Dial:
    """Places calls, as the SIP media application with id `application`; `number` is the one that is seen."""

    voice: Voice
    application: str
    number: str

    def call(self, to: str, appointment_id: str, language: str) -> None:
        """Let the phone with number `to` ring. Raises CallBusy, and NumberNotCalled when AWS does not take it."""
        try:
            with or_busy():
                self.voice.create_sip_media_application_call(
                    FromPhoneNumber=self.number,
                    ToPhoneNumber=to,
                    SipMediaApplicationId=self.application,
                    ArgumentsMap={"appointment": appointment_id, "language": language},
                )
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code == "ResourceLimitExceededException":
                raise CallBusy from error
            if code == "BadRequestException":
                raise NumberNotCalled("The phone network does not take this number.") from error
            raise
