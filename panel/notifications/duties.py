"""Duties to tell: for an act of which several have to know, the table of who they are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session

from panel.notifications.actions import notify
from panel.notifications.models import Party, Why
from workflows.roles import Role


class Whom(StrEnum):
    """Who is told; the value is the end of the key of the notification."""

    MANAGERS = "manager"
    DUTY = "duty"
    CASE_MANAGER = "case-manager"
    LIAISON = "liaison"
    SOCIAL_CARE = "social-care"
    REFERRER = "referrer"
    SECONDED = "seconded"


WHOM_WORDS: dict[Whom, str] = {
    Whom.MANAGERS: "The YOT managers",
    Whom.DUTY: "The duty mailbox of the YOT",
    Whom.CASE_MANAGER: "The case manager",
    Whom.LIAISON: "The liaison and diversion workers",
    Whom.SOCIAL_CARE: "Children's social care, by their duty address",
    Whom.REFERRER: "Who referred the child",
    Whom.SECONDED: "The seconded officers",
}


@dataclass(frozen=True, kw_only=True)
class About:
    """The case, or the page, that somebody is told of, as the duties see it; `mark` tells occasions apart."""

    area_id: int
    referral_id: int | None
    reference: str
    path: str = ""
    case_manager_id: int | None = None
    referred_by_id: int | None = None
    looked_after: bool = False
    community_resolution: bool = False
    mark: str = ""


@dataclass(frozen=True)
class Duty:
    """One row: of what, whom, when, by which rule; `why` is another kind where the words differ."""

    event: Why
    whom: Whom
    when: str
    rule: str
    source: str
    only: Callable[[About], bool] = lambda _about: True
    why: Why | None = None

    @property
    def says(self) -> Why:
        """The kind of notification that is sent."""
        return self.why or self.event


GIVEN, CONCLUDED = Why.DISPOSAL_GIVEN, Why.ASSESSMENT_CONCLUDED
TOLD, EXCEPTION = Why.POLICE_TOLD, Why.POLICE_EXCEPTION
EVERY, CR = "Every disposal, at once", "Every community resolution, at once"
LOOKED_AFTER = "Every disposal of a looked-after child, at once"
BY_POLICE = "Every disposal that the police gave by themselves, when they tell of it"
WITHOUT_YOT = "When the joint policy asks for the YOT and it was not asked"
COUNTERSIGNED = "When the assessment is countersigned"
FINDING = "HM Inspectorate of Probation: disposals of which the youth offending team did not know"
CONFLICT = "HM Inspectorate of Probation: cautions given without consulting the youth offending team"
POLICE_TOLD = "YJB case management guidance 2014, out-of-court disposals"
DUTIES: tuple[Duty, ...] = (
    Duty(GIVEN, Whom.MANAGERS, EVERY, "CR-7", FINDING),
    Duty(GIVEN, Whom.DUTY, EVERY, "CR-7", FINDING),
    Duty(GIVEN, Whom.CASE_MANAGER, EVERY, "CR-7", FINDING),
    Duty(GIVEN, Whom.LIAISON, CR, "CR-7", FINDING, lambda about: about.community_resolution),
    Duty(
        GIVEN,
        Whom.SOCIAL_CARE,
        LOOKED_AFTER,
        "AA-3",
        "Law digest, appropriate adults: children's social care is notified of a looked-after child",
        lambda about: about.looked_after,
        Why.SOCIAL_CARE_TO_CALL,
    ),
    Duty(TOLD, Whom.MANAGERS, BY_POLICE, "CR-7", FINDING),
    Duty(TOLD, Whom.DUTY, BY_POLICE, "CR-7", FINDING),
    Duty(TOLD, Whom.LIAISON, CR, "CR-7", FINDING, lambda about: about.community_resolution),
    Duty(EXCEPTION, Whom.MANAGERS, WITHOUT_YOT, "YCC-2", CONFLICT),
    Duty(EXCEPTION, Whom.SECONDED, WITHOUT_YOT, "YCC-2", CONFLICT),
    Duty(CONCLUDED, Whom.REFERRER, COUNTERSIGNED, "ASM-1", POLICE_TOLD),
    Duty(CONCLUDED, Whom.SECONDED, COUNTERSIGNED, "ASM-1", POLICE_TOLD),
)


def tell_all(db: Session, event: Why, about: About, *, at: datetime, due_on: date | None = None) -> None:
    """Tell everybody to whom a duty of this event is owed, each exactly once for each occasion."""
    for duty in _owed(event, about):
        user, role, party = _address(duty.whom, about)
        if user is None and role is None and party is None:
            continue
        notify(
            db,
            why=duty.says,
            area_id=about.area_id,
            referral_id=about.referral_id,
            key=f"{about.reference}-{about.mark}-{duty.whom.value}",
            at=at,
            to_user=user,
            to_role=role,
            to_party=party,
            due_on=due_on,
            path=about.path,
        )


def _owed(event: Why, about: About) -> Iterator[Duty]:
    return (duty for duty in DUTIES if duty.event is event and duty.only(about))


def _address(whom: Whom, about: About) -> tuple[int | None, Role | None, Party | None]:
    people = {Whom.CASE_MANAGER: about.case_manager_id, Whom.REFERRER: about.referred_by_id}
    roles = {Whom.MANAGERS: Role.YOT_MANAGER, Whom.LIAISON: Role.LIAISON, Whom.SECONDED: Role.SECONDED}
    parties = {Whom.DUTY: Party.DUTY, Whom.SOCIAL_CARE: Party.SOCIAL_CARE}
    return people.get(whom), roles.get(whom), parties.get(whom)
