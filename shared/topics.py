"""What people seek help with."""

from enum import StrEnum


class Topic(StrEnum):
    """What a counselor is at home in, what a group is about, and what a client may look for."""

    ANXIETY = "anxiety"
    LOW_MOOD = "low-mood"
    GRIEF = "grief"
    STRESS = "stress"
    RELATIONSHIPS = "relationships"
    FAMILY = "family"
    LONELINESS = "loneliness"
    TRAUMA = "trauma"
    SELF_ESTEEM = "self-esteem"
    SLEEP = "sleep"
    WORK_STUDY = "work-study"
    IDENTITY = "identity"
    PARENTING = "parenting"
    ILLNESS = "illness"
    SUBSTANCE_USE = "substance-use"
    MIGRATION = "migration"
