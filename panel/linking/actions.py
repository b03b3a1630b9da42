"""Linking what stands on the force's list with what we were told or hold, and taking it back."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from panel.access import Actor
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import log_access, note, record
from panel.linking.queries import OPEN, PairRow, last_words, our_side
from panel.linking.rivals import offer_again, settle
from panel.linking.search import Found, search
from panel.police.known import flag_known
from panel.police.models import PoliceDisposal, PoliceLink, PoliceListRow, PoliceReport
from panel.police.queries import police_chain
from panel.referrals.models import Referral
from workflows.calendar import age_on, today_in_london
from workflows.flow import NotYours
from workflows.police import KEEPERS, POLICE_DISPOSAL, Fit, Heard, NotOurs, PoliceFacts, Standing, Verdict

# So many disposals are searched for at once: their people are compared in one go.
CHUNK = 5_000


def link_list(db: Session, list_id: int, *, by: Actor, at: datetime) -> Counter[Fit]:
    """Search for everything that a list brought."""
    rows = select(PoliceListRow.disposal_id).where(PoliceListRow.list_id == list_id)
    found = db.exec(rows.where(col(PoliceListRow.disposal_id).is_not(None)).distinct())
    return link_all(db, {one for one in found if one is not None}, by=by, at=at)


def link_all(db: Session, ids: Collection[int], *, by: Actor, at: datetime) -> Counter[Fit]:
    """Search for these disposals on our side: link what is sure, keep what a person has to look at.

    `by` is who took the list over, or whoever told of the disposal: the search is part of that act, and its
    own words have no name. What was said of a pair before, by a person or by the search, is left as it is.
    """
    ended: Counter[Fit] = Counter()
    for rows in _chunks(db, sorted(ids)):
        of_area: dict[int, list[PoliceDisposal]] = defaultdict(list)
        for row in rows:
            of_area[row.area_id].append(row)
        for area, own in of_area.items():
            found = search(db, own, area, today=today_in_london(at))
            by_row: dict[int, list[Found]] = defaultdict(list)
            for one in found:
                by_row[one.disposal_id].append(one)
            said = [_say(db, row, one, by=by, at=at) for row in own for one in by_row[row.id]]
            db.flush()
            same = [link for link in said if link.verdict is Verdict.SAME]
            beside = settle(db, same, own, by=by, at=at) - {row.id for row in own}
            db.flush()
            _settle_all(db, [*own, *_rows(db, beside)], at=at)
            ended.update(row.fit for row in own)
        db.flush()
    return ended


def _chunks(db: Session, ids: Sequence[int]) -> Iterator[Sequence[PoliceDisposal]]:
    for start in range(0, len(ids), CHUNK):
        chosen = col(PoliceDisposal.id).in_(ids[start : start + CHUNK])
        query = select(PoliceDisposal).where(chosen, PoliceDisposal.status == Standing.COUNTED)
        yield db.exec(query.order_by(col(PoliceDisposal.id)).with_for_update()).all()


def _rows(db: Session, ids: Collection[int]) -> Sequence[PoliceDisposal]:
    if not ids:
        return []
    query = select(PoliceDisposal).where(col(PoliceDisposal.id).in_(ids)).order_by(col(PoliceDisposal.id))
    return db.exec(query.with_for_update()).all()


def _say(db: Session, row: PoliceDisposal, one: Found, *, by: Actor, at: datetime) -> PoliceLink:
    link = PoliceLink(
        disposal_id=row.id,
        verdict=one.verdict,
        other_id=one.other_id,
        child_id=one.child_id,
        referral_id=one.referral_id,
        score=round(one.score, 4),
        because=one.because[:500],
        at=at,
    )
    db.add(link)
    if one.verdict is Verdict.SAME:
        _join(db, row, link, by=by, at=at)
        said = {"because": link.because}
        note(db, "police_disposal.linked", chain=police_chain(row.id), by=by, at=at, facts=said)
        log_access(db, Operation.COMBINATION, police_chain(row.id), by=by, at=at, page="linking.link_all")
    return link


def judge(
    db: Session, pair: PairRow, verdict: Verdict, reason: str, *, by: Actor, at: datetime
) -> PoliceLink:
    """A person says whether the two are the same. Raises `Missing` for a pair that is decided already."""
    if verdict is Verdict.UNDONE or pair.link.verdict not in OPEN:
        raise Missing()
    return _decide(db, pair, verdict, reason, by=by, at=at)


def take_back(db: Session, pair: PairRow, reason: str, *, by: Actor, at: datetime) -> PoliceLink:
    """A decision, of a person or of the search, is taken back: the pair waits again."""
    if pair.link.verdict in OPEN:
        raise Missing()
    return _decide(db, pair, Verdict.UNDONE, reason, by=by, at=at)


def _decide(
    db: Session, pair: PairRow, verdict: Verdict, reason: str, *, by: Actor, at: datetime
) -> PoliceLink:
    row, last = pair.disposal, pair.link
    if not by.roles_in(row.area_id) & {*KEEPERS}:
        raise NotYours()
    if row.status is not Standing.COUNTED:
        raise Missing()
    said = PoliceLink(
        **last.model_dump(include={"disposal_id", "other_id", "child_id", "referral_id", "score", "because"}),
        verdict=verdict,
        reason=reason,
        by_id=by.id,
        at=at,
    )
    db.add(said)
    beside: set[int] = set()
    if verdict is Verdict.SAME:
        _join(db, row, said, by=by, at=at)
        db.flush()
        beside = settle(db, [said], [row], by=by, at=at)
    elif verdict is Verdict.UNDONE and last.verdict is Verdict.SAME:
        beside = offer_again(db, last, by=by, at=at)
        db.flush()
        _part(db, row, last, by=by, at=at)
    db.flush()
    _settle_all(db, [row, *_rows(db, beside - {row.id})], at=at)
    verb = (
        "police_disposal.taken_back" if verdict is Verdict.UNDONE else f"police_disposal.said_{verdict.value}"
    )
    facts = {"because": last.because, "reason": reason or "no reason was given"}
    note(db, verb, chain=police_chain(row.id), by=by, at=at, facts=facts)
    log_access(db, Operation.ALTERATION, police_chain(row.id), by=by, at=at, page="linking.decide")
    db.flush()
    return said


def let_go(db: Session, rows: Sequence[PoliceDisposal], by: Actor, at: datetime) -> None:
    """Part what the search has linked to records that only a list had, now that they stand on none.

    What a person linked stays. The search may link the same pair anew when the list comes again.
    """
    ids = [row.id for row in rows]
    told = select(PoliceReport.disposal_id).where(
        col(PoliceReport.disposal_id).in_(ids), PoliceReport.how != Heard.LIST
    )
    told_of = set(db.exec(told))
    only_listed = {row.id: row for row in rows if row.id not in told_of}
    for link in last_words(db, [*only_listed]):
        if link.verdict is Verdict.SAME and link.by_id is None:
            _let_go(db, only_listed[link.disposal_id], link, by=by, at=at)
    db.flush()


def _let_go(db: Session, row: PoliceDisposal, link: PoliceLink, *, by: Actor, at: datetime) -> None:
    about = {"disposal_id", "other_id", "child_id", "referral_id", "score", "because"}
    reason = "The list that it came from was taken back."
    db.add(PoliceLink(**link.model_dump(include=about), verdict=Verdict.UNDONE, reason=reason, at=at))
    db.flush()
    _part(db, row, link, by=by, at=at)
    facts = {"because": link.because, "reason": reason}
    note(db, "police_disposal.taken_back", chain=police_chain(row.id), by=by, at=at, facts=facts)


def _join(db: Session, row: PoliceDisposal, link: PoliceLink, *, by: Actor, at: datetime) -> None:
    """What a link makes of the disposal: it was told, or its child or case is known."""
    side = our_side(db, link)
    if side.other is not None:
        _first_told(row, side.other.told_on, side.other.told_how)
        for name in ("child_id", "referral_id", "consulted", "exception", "exception_reason"):
            if getattr(row, name) in (None, ""):
                setattr(row, name, getattr(side.other, name))
        _move(db, side.other, "set_aside", "It is the same as one on the force's list.", by=by, at=at)
        side.other.not_ours, side.other.duplicate_of_id = NotOurs.DUPLICATE, row.id
        db.add(side.other)
    elif side.referral is not None:
        row.referral_id, row.child_id = side.referral.id, side.referral.child_id
        _first_told(row, _told_by(side.referral), Heard.REFERRAL)
    elif side.child is not None:
        row.child_id = side.child.id
    db.add(row)


def _first_told(row: PoliceDisposal, told_on: date | None, told_how: Heard | None) -> None:
    if told_on is not None and (row.told_on is None or told_on < row.told_on):
        row.told_on, row.told_how = told_on, told_how


def _told_by(referral: Referral) -> date | None:
    return today_in_london(referral.submitted_at) if referral.submitted_at else None


def _part(db: Session, row: PoliceDisposal, link: PoliceLink, *, by: Actor, at: datetime) -> None:
    """Undo what a link made of the disposal; what was said by itself, or follows from another link, stays."""
    side = our_side(db, link)
    if side.other is not None:
        for name in ("child_id", "referral_id", "consulted", "exception", "exception_reason"):
            if getattr(row, name) == getattr(side.other, name):
                setattr(row, name, "" if name.startswith("exception") else None)
        if side.other.duplicate_of_id == row.id and side.other.status is Standing.SET_ASIDE:
            _move(db, side.other, "count_again", "The two are not taken for the same any more.", by=by, at=at)
            side.other.not_ours = side.other.duplicate_of_id = None
            db.add(side.other)
    elif side.referral is not None:
        row.referral_id = None
    elif side.child is not None and row.referral_id is None:
        row.child_id = None
    row.told_on = row.told_how = None
    spoken = select(PoliceReport).where(PoliceReport.disposal_id == row.id, PoliceReport.how != Heard.LIST)
    for report in db.exec(spoken.order_by(col(PoliceReport.id))):
        _first_told(row, report.said_on, report.how)
    for other in last_words(db, [row.id]):
        if other.verdict is Verdict.SAME and other.id != link.id:
            _again(db, row, other)
    db.add(row)


def _again(db: Session, row: PoliceDisposal, link: PoliceLink) -> None:
    side = our_side(db, link)
    if side.other is not None:
        _first_told(row, side.other.told_on, side.other.told_how)
    elif side.referral is not None:
        row.referral_id, row.child_id = side.referral.id, side.referral.child_id
        _first_told(row, _told_by(side.referral), Heard.REFERRAL)
    elif side.child is not None:
        row.child_id = side.child.id


def _settle_all(db: Session, rows: Sequence[PoliceDisposal], *, at: datetime) -> None:
    """Where the search stands for each: a person has to look, something is linked, or nothing fits."""
    last: dict[int, set[Verdict]] = defaultdict(set)
    for link in last_words(db, [row.id for row in rows]):
        last[link.disposal_id].add(link.verdict)
    for row in rows:
        said = last[row.id]
        linked = Verdict.SAME in said or row.child_id is not None
        row.fit = Fit.TO_REVIEW if said & {*OPEN} else Fit.LINKED if linked else Fit.NOTHING
        row.changed_at = at
        db.add(row)
        flag_known(db, row, at=at)


def _move(db: Session, row: PoliceDisposal, name: str, reason: str, *, by: Actor, at: datetime) -> None:
    """Set one record of two aside, or count it again: part of saying that they are the same, or not."""
    born = row.date_of_birth
    facts = PoliceFacts(
        why=NotOurs.DUPLICATE if name == "set_aside" else None,
        reason=reason,
        age=None if born is None else age_on(born, row.given_on),
        other=True,
    )
    step = POLICE_DISPOSAL.step(name, row.status, facts, frozenset(KEEPERS))
    chain = police_chain(row.id)
    record(db, row, step, flow="police_disposal", chain=chain, by=by, at=at, facts={"reason": reason})
    row.changed_at = at
