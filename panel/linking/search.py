"""What may be the same as disposals on the force's list: found in bulk, judged by figures, not written."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from config.policy import number
from panel.children.models import Child
from panel.linkage.links import APART, Pair, pairs
from panel.linkage.people import Person, Record, tidy
from panel.linkage.words import explain
from panel.linking.queries import spoken_of
from panel.police.models import PoliceDisposal
from panel.referrals.matching import held_in
from panel.referrals.models import Offence, Referral
from workflows.case import Status
from workflows.police import Standing, Verdict
from workflows.vocabulary import Gender, words

SEXES = {Gender.MALE: "m", Gender.FEMALE: "f"}
# How many likenesses of one disposal a person is asked about.
MOST_ASKED = 3
EXACT = 1.0


@dataclass(frozen=True)
class Figures:
    """The figures of a day by which pairs are judged."""

    link_at: float
    review_at: float
    days: int

    @classmethod
    def on(cls, day: date) -> "Figures":
        """The figures that are in force on a day."""
        link_at, review_at = (number(name, day) / 100 for name in ("police_link_at", "police_review_at"))
        return cls(link_at, review_at, number("police_same_event_days", day))


@dataclass(frozen=True)
class Found:
    """One thing on our side that is, or may be, the same as a disposal: exactly one of the three numbers."""

    disposal_id: int
    verdict: Verdict
    score: float
    because: str
    other_id: int | None = None
    child_id: int | None = None
    referral_id: int | None = None

    @property
    def side(self) -> tuple[int | None, int | None, int | None]:
        """What of ours it is about."""
        return self.other_id, self.child_id, self.referral_id


def record_of(row: PoliceDisposal | Child) -> Record:
    """A disposal's child, or a child, as the linking compares people."""
    return Record(
        id=str(row.id),
        given_name=row.given_name,
        surname=row.surname,
        date_of_birth=row.date_of_birth.isoformat() if row.date_of_birth else "",
        sex=SEXES.get(row.gender, ""),
        address=row.address,
        postcode=row.postcode,
    )


def search(db: Session, rows: Sequence[PoliceDisposal], area_id: int, *, today: date) -> list[Found]:
    """What the disposals of one area may be; what somebody has said of a pair before is left out."""
    by = Figures.on(today)
    people = [tidy(record_of(row)) for row in rows]
    children = _children(db, rows, people, area_id, by)
    found = [*_events(db, rows, people, area_id, by), *_referrals(db, rows, children, area_id), *children]
    known = spoken_of(db, [row.id for row in rows])
    return [one for one in found if (one.disposal_id, *one.side) not in known]


def _events(
    db: Session, rows: Sequence[PoliceDisposal], people: list[Person], area_id: int, by: Figures
) -> list[Found]:
    """The same event as one that we were told of and that stands on no list."""
    open_rows = [(row, person) for row, person in zip(rows, people, strict=True) if row.told_on is None]
    told = _told(db, [row for row, _ in open_rows], area_id, by)
    if not told:
        return []
    theirs = [tidy(record_of(row)) for row in told]
    alike = {(pair.left, pair.right): pair for pair in pairs([p for _, p in open_rows], theirs)}
    judged: list[Found] = []
    for place, at in sorted({*alike, *_by_number([row for row, _ in open_rows], told)}):
        row, other = open_rows[place][0], told[at]
        verdict, score, why = _same_event(row, other, alike.get((place, at)), by)
        if verdict:
            judged.append(Found(row.id, verdict, score, why, other_id=other.id))
    return _one_each(judged)


def _by_number(rows: Sequence[PoliceDisposal], told: Sequence[PoliceDisposal]) -> Iterator[tuple[int, int]]:
    """The places of disposals that have a number in common, whatever their names."""
    for name in ("force_reference", "pnc_id"):
        held: dict[str, list[int]] = defaultdict(list)
        for at, other in enumerate(told):
            held[getattr(other, name)].append(at)
        for place, row in enumerate(rows):
            if value := getattr(row, name):
                yield from ((place, at) for at in held[value])


def _told(db: Session, rows: Sequence[PoliceDisposal], area_id: int, by: Figures) -> Sequence[PoliceDisposal]:
    if not rows:
        return []
    days = sorted(row.given_on for row in rows)
    query = select(PoliceDisposal).where(
        PoliceDisposal.area_id == area_id,
        PoliceDisposal.status == Standing.COUNTED,
        col(PoliceDisposal.told_on).is_not(None),
        col(PoliceDisposal.listed_on).is_(None),
        col(PoliceDisposal.given_on) >= days[0] - timedelta(days=by.days),
        col(PoliceDisposal.given_on) <= days[-1] + timedelta(days=by.days),
    )
    return db.exec(query.order_by(col(PoliceDisposal.id))).all()


def _same_event(
    row: PoliceDisposal, other: PoliceDisposal, pair: Pair | None, by: Figures
) -> tuple[Verdict | None, float, str]:
    """Whether two disposals are one event, how sure that is, and why in words."""
    if (
        row.force_id == other.force_id
        and row.force_reference
        and row.force_reference == other.force_reference
    ):
        return Verdict.SAME, EXACT, "same number in the force's system"
    child = _same_child(row, other, pair, by)
    if not child:
        return None, 0, ""
    score = pair.score if pair else EXACT
    outcome, apart = row.outcome is other.outcome, abs((row.given_on - other.given_on).days)
    why = "; ".join(filter(None, (_like(row, other), _when(apart), _outcomes(row, other))))
    if row.crime_reference and row.crime_reference == other.crime_reference:
        sure = child is Verdict.SAME and outcome
        return (Verdict.SAME if sure else Verdict.UNSURE), score, f"same crime reference; {why}"
    if apart > by.days or not (outcome or apart == 0):
        return None, 0, ""
    contrary = bool(row.crime_reference and other.crime_reference)
    sure = child is Verdict.SAME and outcome and not contrary
    said = "another crime reference; " if contrary else ""
    return (Verdict.SAME if sure else Verdict.UNSURE), score, said + why


def _same_child(
    row: PoliceDisposal, other: PoliceDisposal | Child, pair: Pair | None, by: Figures
) -> Verdict | None:
    if row.pnc_id and row.pnc_id == other.pnc_id:
        return Verdict.SAME
    if pair is None or _another_child(pair):
        return None
    if pair.score >= by.link_at and not (row.pnc_id and other.pnc_id):
        return Verdict.SAME
    return Verdict.UNSURE if pair.score >= by.review_at else None


def _another_child(pair: Pair) -> bool:
    """A brother, a sister or a twin: whoever lives there too is not asked about."""
    return pair.held.startswith("another first name") and pair.given in ("other", "unknown", "crossed")


def _like(row: PoliceDisposal, other: PoliceDisposal | Child) -> str:
    same = "same PNC ID; " if row.pnc_id and row.pnc_id == other.pnc_id else ""
    return same + explain(record_of(row), record_of(other)).sentence.rstrip(".").lower().replace("pnc", "PNC")


def _when(apart: int) -> str:
    return "given on the same day" if apart == 0 else f"given {apart} day{'' if apart == 1 else 's'} apart"


def _outcomes(row: PoliceDisposal, other: PoliceDisposal) -> str:
    if row.outcome is other.outcome:
        return ""
    return f"the list says {words(row.outcome).lower()}, we were told {words(other.outcome).lower()}"


def _one_each(judged: Iterable[Found]) -> list[Found]:
    """Linked at most once on each side, the surest first; what is left over of sure ones is asked about."""
    mine: set[int] = set()
    theirs: set[int] = set()
    kept: list[Found] = []
    asked: dict[int, int] = defaultdict(int)
    ordered = sorted(judged, key=lambda f: (f.verdict is not Verdict.SAME, -f.score, f.disposal_id, f.side))
    for one in ordered:
        other = one.other_id or 0
        if one.disposal_id in mine or other in theirs:
            continue
        if one.verdict is Verdict.SAME:
            mine.add(one.disposal_id)
            theirs.add(other)
        elif asked[one.disposal_id] >= MOST_ASKED:
            continue
        asked[one.disposal_id] += 1
        kept.append(one)
    return kept


def _children(
    db: Session, rows: Sequence[PoliceDisposal], people: list[Person], area_id: int, by: Figures
) -> list[Found]:
    """The children with cases in the area whom the disposals are about."""
    query = select(Child).where(held_in([area_id]), col(Child.merged_into_id).is_(None))
    held = db.exec(query.order_by(col(Child.id))).all()
    if not held:
        return []
    near: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs(people, [tidy(record_of(child)) for child in held]):
        near[pair.left].append(pair)
    numbers = {child.pnc_id: child for child in held if child.pnc_id}
    found: list[Found] = []
    for place, row in enumerate(rows):
        if row.child_id is not None:
            continue
        if row.pnc_id in numbers:
            child = numbers[row.pnc_id]
            found.append(Found(row.id, Verdict.SAME, EXACT, _like(row, child), child_id=child.id))
            continue
        found += _nearest(row, [(pair, held[pair.right]) for pair in near[place]], by)
    return found


def _nearest(row: PoliceDisposal, near: Collection[tuple[Pair, Child]], by: Figures) -> list[Found]:
    """The one child whom it must be, or those whom a person is asked about, the likeliest first."""
    judged = [
        (verdict, pair, child)
        for pair, child in near
        if (verdict := _same_child(row, child, pair, by)) is not None
    ]
    sure = [pair for verdict, pair, _ in judged if verdict is Verdict.SAME]
    clear = len(sure) == 1 or (len(sure) > 1 and sure[0].weight - sure[1].weight >= APART)
    found = []
    for verdict, pair, child in judged[:MOST_ASKED]:
        said = verdict if clear else Verdict.UNSURE
        one = Found(row.id, said, pair.score, _like(row, child), child_id=child.id)
        if said is Verdict.SAME:
            return [one]
        found.append(one)
    return found


def _referrals(
    db: Session, rows: Sequence[PoliceDisposal], children: Sequence[Found], area_id: int
) -> list[Found]:
    """Cases of the same crime and the same child: the police told us by referring."""
    asked = {row.crime_reference: row for row in rows if row.crime_reference and row.told_on is None}
    if not asked:
        return []
    sure = {one.disposal_id: one for one in children if one.verdict is Verdict.SAME}
    unsure = {(one.disposal_id, one.child_id): one for one in children if one.verdict is Verdict.UNSURE}
    query = (
        select(Offence.crime_reference, Referral)
        .join(Referral, col(Referral.id) == col(Offence.referral_id))
        .where(
            col(Offence.crime_reference).in_([*asked]),
            Referral.area_id == area_id,
            Referral.status != Status.DRAFT,
            col(Referral.submitted_at).is_not(None),
        )
        .order_by(col(Referral.id))
    )
    by_crime: dict[str, dict[int, Referral]] = defaultdict(dict)
    for crime, referral in db.exec(query):
        by_crime[crime][referral.id] = referral
    found = []
    for row in rows:
        if row.told_on is not None or row.referral_id is not None:
            continue
        for referral in by_crime[row.crime_reference].values():
            linked = row.child_id == referral.child_id
            like = sure.get(row.id)
            if linked or (like and like.child_id == referral.child_id):
                because = "same crime reference; " + (like.because if like else "the child is linked already")
                score = like.score if like else EXACT
                found.append(Found(row.id, Verdict.SAME, score, because, referral_id=referral.id))
            elif like := unsure.get((row.id, referral.child_id)):
                because = f"same crime reference; {like.because}"
                found.append(Found(row.id, Verdict.UNSURE, like.score, because, referral_id=referral.id))
    return found
