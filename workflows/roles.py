"""Who people are in this service, and which seats they hold at the panel."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may be in a YOT area; `CHAIR` is held for one meeting, never by an account."""

    OFFICER = "police_officer"
    SECONDED = "seconded_officer"
    CASE_MANAGER = "case_manager"
    YOT_MANAGER = "yot_manager"
    CHAIR = "panel_chair"
    VICTIM_WORKER = "victim_worker"
    LIAISON = "liaison_worker"
    BOARD = "board_member"
    INSPECTOR = "inspector"
    SCRUTINEER = "scrutineer"
    ADMIN = "administrator"


ROLE_WORDS: dict[Role, str] = {
    Role.OFFICER: "Police officer",
    Role.SECONDED: "Seconded police officer",
    Role.CASE_MANAGER: "Case manager",
    Role.YOT_MANAGER: "YOT manager",
    Role.CHAIR: "Panel chair",
    Role.VICTIM_WORKER: "Victim worker",
    Role.LIAISON: "Liaison and diversion worker",
    Role.BOARD: "Board member",
    Role.INSPECTOR: "Inspector",
    Role.SCRUTINEER: "Independent scrutineer",
    Role.ADMIN: "Administrator",
}

POLICE = (Role.OFFICER, Role.SECONDED)
# Whoever may start a case; from where it may come is in `workflows.source`.
REFERRERS = (*POLICE, Role.YOT_MANAGER, Role.LIAISON)


class Invited(StrEnum):
    """Whom the panel may invite from outside: they are heard, hold no seat and never count for quorum."""

    EDUCATION = "education"
    SOCIAL_CARE = "social_care"
    HEALTH = "health"


INVITED_WORDS: dict[Invited, str] = {
    Invited.EDUCATION: "Education",
    Invited.SOCIAL_CARE: "Children's social care",
    Invited.HEALTH: "Health",
}


class Seat(StrEnum):
    """A place at the panel; who sits in it must hold one of the roles in `SEAT_ROLES`."""

    YOT_MANAGER = "yot_manager"
    POLICE = "police"
    VICTIM_WORKER = "victim_worker"


SEAT_ROLES: dict[Seat, Role] = {
    Seat.YOT_MANAGER: Role.YOT_MANAGER,
    Seat.POLICE: Role.SECONDED,
    Seat.VICTIM_WORKER: Role.VICTIM_WORKER,
}

SEAT_WORDS: dict[Seat, str] = {
    Seat.YOT_MANAGER: "YOT manager",
    Seat.POLICE: "Police",
    Seat.VICTIM_WORKER: "Victim worker",
}
