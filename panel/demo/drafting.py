"""A demonstration case as it is written before it is sent, and when it is sent again."""

from datetime import date, datetime, timedelta
from random import Random

from sqlmodel import Session

from panel.access import Actor
from panel.demo.harmed import name_victims
from panel.demo.papers import add_papers
from panel.demo.people import Team
from panel.demo.profile import Profile, at, later
from panel.demo.stories import ETHNICITIES, SCHOOLS, STREETS, admission_for
from panel.referrals import actions, offences
from panel.referrals import commands as c
from panel.referrals.admission import record_admission
from panel.referrals.models import Referral
from panel.referrals.queries import carer_of, offences_of
from panel.referrals.returns import confirm, send_back
from panel.referrals.source_commands import SourceDetails
from workflows.case import Status
from workflows.papers import Paper
from workflows.roles import Role
from workflows.said import LegalAdvice, SaidIn
from workflows.source import Source
from workflows.vocabulary import Admission, Adult, Relationship

USUAL_PAPERS = (Paper.INTERVIEW, Paper.SUMMARY)
LATE = "It is being typed and follows this week."
LISTED = "As in the list"
ASKED = c.SendBack(
    codes=("papers_missing", "circumstances_unclear"),
    reason="The interview record is missing. Who else was there? Please add both and send this again.",
)
NOT_OURS = c.Reject(
    code="not_our_area", reason="The family lives over the border: please send this to their own team."
)


def late_papers(profile: Profile) -> dict[str, str]:
    """Why the interview record is not there yet, for a case that is sent back for it."""
    return {"interview_record": LATE} if _is_late(profile) else {}


def _is_late(profile: Profile) -> bool:
    return profile.stop is Status.SENT_BACK or (profile.second_go and profile.stop is not Status.DRAFT)


def sent_again(db: Session, referral: Referral, *, by: Actor, manager: Actor, on: date) -> None:
    """The referral is sent back, put right and sent once more."""
    send_back(db, referral, ASKED, by=manager, at=at(on, 9))
    story = c.Circumstances(circumstances=f"{referral.circumstances} Two friends stood by.")
    actions.save_circumstances(db, referral, story, by=by, at=at(on, 14))
    why = c.Confirm(reason="There is no record: the child was spoken to at home, with the statement.")
    confirm(db, referral, "papers_missing", why, by=by, at=at(on, 15))
    actions.submit(db, referral, by=by, at=at(on, 16), overrides={"interview_record": why.reason})


def _who_starts(team: Team, source: Source, draw: Random) -> Actor:
    if source is Source.POLICE:
        return draw.choice([*team.holding(Role.OFFICER), *team.holding(Role.SECONDED)])
    return team.holding(Role.LIAISON)[0] if source is Source.LIAISON else team["manager"]


def _origin(profile: Profile) -> SourceDetails:
    asked = profile.sent_on - timedelta(days=1)
    told: dict[Source, dict[str, object]] = {
        Source.COURT: {
            "who": "Kelder Youth Court",
            "charge": "As in the summons, a copy of which is with the papers",
            "source_due_on": later(profile.sent_on, 25),
            "why": "The bench asked whether this could be dealt with out of court.",
        },
        Source.PRE_CHARGE: {
            "who": "A. Penn, Crown Prosecution Service",
            "why": "Whether the panel would take the case before a charge is decided.",
        },
        Source.LIAISON: {"who": "Ben Holt", "why": "Seen in custody; the family asked for help."},
        Source.TRANSFER: {
            "who": "East Marrow youth justice team",
            "stands": "Referred there, not assessed yet.",
            "why": "The family has moved here.",
        },
    }
    return SourceDetails.model_validate(
        {"source": profile.source, "source_on": asked, **told[profile.source]}
    )


def starter(team: Team, referral: Referral) -> Actor:
    """Whoever started the referral."""
    return next(actor for actor in team.people.values() if actor.id == referral.referred_by_id)


def draft(db: Session, team: Team, profile: Profile, draw: Random) -> Referral:
    """Write the referral, as far as it got."""
    officer = _who_starts(team, profile.source, draw)
    moment, child = at(profile.sent_on, 9), profile.child
    details = c.ChildDetails(
        given_name=child.given_name,
        surname=child.surname,
        date_of_birth=profile.born,
        gender=child.gender,
        ethnicity=draw.choice(ETHNICITIES),
        address=f"{draw.randint(1, 90)} {draw.choice(STREETS)}, Kelder",
        postcode=f"KD{draw.randint(1, 9)} {draw.randint(1, 9)}AB",
        school=draw.choice(SCHOOLS),
        looked_after=profile.looked_after,
        needs="Easy-read letters help" if draw.random() < 0.15 else "",
    )
    referral = actions.start(db, details, team.area_id, by=officer, at=moment)
    if profile.stop is Status.DRAFT and not profile.second_go:
        return referral
    if profile.source is not Source.POLICE:
        actions.save_source(db, referral, _origin(profile), by=officer, at=moment)
    foster = profile.looked_after
    carer = c.CarerDetails(
        name=f"{draw.choice(('Dana', 'Morgan', 'Alex', 'Noor'))} {child.surname if not foster else 'Hollis'}",
        relationship=Relationship.FOSTER
        if foster
        else draw.choice((Relationship.MOTHER, Relationship.FATHER)),
        phone=f"01632 960{draw.randint(100, 999)}",
    )
    actions.save_carer(db, referral, carer, by=officer, at=moment)
    _add_offence(db, referral, profile, draw, by=officer, moment=moment)
    if profile.stop is Status.DRAFT:
        return referral
    story = c.Circumstances(circumstances=f"{child.given_name} {profile.kind.story}. A patrol was called.")
    actions.save_circumstances(db, referral, story, by=officer, at=moment)
    record_admission(db, referral, _admission(db, referral, profile, draw), by=officer, at=moment)
    name_victims(db, referral, profile, by=officer, at=moment)
    there = (Paper.SUMMARY,) if _is_late(profile) else USUAL_PAPERS
    add_papers(db, referral, there, by=officer, at=moment)
    return referral


def _add_offence(
    db: Session, referral: Referral, profile: Profile, draw: Random, *, by: Actor, moment: datetime
) -> None:
    kind = profile.kind
    details = c.OffenceDetails(
        code=kind.code,
        title=LISTED,
        mode=kind.mode,
        committed_on=profile.sent_on - timedelta(days=draw.randint(3, 14)),
        location=f"{draw.choice(STREETS)}, Kelder",
        crime_reference=f"13{profile.sent_on:%y}{draw.randint(0, 9_999_999):07}",
    )
    offence = offences.add_offence(db, referral, details, by=by, at=moment)
    up, down = (kind.factors, ()) if kind.adjustment > 0 else ((), kind.factors)
    score = c.GravityDetails(
        base=kind.base, aggravating=frozenset(up), mitigating=frozenset(down), adjustment=kind.adjustment
    )
    offences.give_gravity(db, referral, offence, score, by=by, at=moment)


def _admission(db: Session, referral: Referral, profile: Profile, draw: Random) -> c.AdmissionDetails:
    said = admission_for(profile.outcome, draw)
    day, carer = profile.sent_on - timedelta(days=2), carer_of(db, referral)
    return c.AdmissionDetails(
        states={offence.id: said for offence in offences_of(db, referral)},
        source=draw.choice((SaidIn.INTERVIEW, SaidIn.VOLUNTARY)),
        said_on=day,
        told_name="PC Hale",
        told_collar="4402",
        adult_present=True,
        adult=Adult.CARE if profile.looked_after else Adult.PARENT,
        adult_name=carer.name if carer else "",
        advice=LegalAdvice.TAKEN if said is not Admission.FULL else LegalAdvice.DECLINED,
        advice_on=day,
        defence_raised=said is Admission.DENIES,
        offered_first=False,
    )
