"""What `changes` and `sweep` need to have people told: `remind` and its schedules."""

from shared import aws
from shared.appointments.practice_store import PracticeStore
from shared.appointments.store import AppointmentStore
from shared.config import Environment
from shared.people.store import People
from shared.reminders.errand import Post
from shared.reminders.following import Following
from shared.reminders.gathering_subject import GatheringsAhead, GatheringSubject
from shared.reminders.notice_store import NoticeStore
from shared.reminders.posting import RemindPost
from shared.reminders.readers import Readers
from shared.rooms.gatherings import GatheringStore
from shared.rooms.room_store import RoomStore
from shared.schedules import Schedules
from shared.tables import Table


class FollowingEnvironment(Environment):
    """What a function that sends errands is told."""

    people_table: str
    appointments_table: str
    schedule_group: str
    scheduler_role_arn: str
    wake_ups_dlq_arn: str
    remind_function_arn: str


def remind_post(told: FollowingEnvironment) -> RemindPost:
    """The way to `remind`."""
    schedules = Schedules(
        aws.scheduler(),
        told.schedule_group,
        told.remind_function_arn,
        told.scheduler_role_arn,
        told.wake_ups_dlq_arn,
    )
    return RemindPost(schedules, aws.functions())


def gatherings_ahead(people: Table, appointments: Table, rooms: Table, post: Post) -> GatheringsAhead:
    """The dates of groups of which somebody is to be reminded."""
    notices = NoticeStore(appointments)
    subject = GatheringSubject(RoomStore(rooms), GatheringStore(rooms), Readers(People(people), notices))
    return GatheringsAhead(subject, notices, post)


def following(people: Table, appointments: Table, post: Post) -> Following:
    """What follows from changes of appointments."""
    notices = NoticeStore(appointments)
    return Following(
        AppointmentStore(appointments),
        PracticeStore(appointments),
        notices,
        lambda: Readers(People(people), notices),
        post,
    )
