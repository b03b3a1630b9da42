"""What a disposal means, part by part, and the record of one explanation (EXP-1)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from config.explaining import Group, groups, methods
from config.implications import Implication, implications
from panel.access import Actor
from panel.accounts.models import User
from panel.disposals import commands as c
from panel.disposals.day_models import Explanation
from panel.disposals.models import Disposal
from panel.referrals.models import Referral
from panel.referrals.queries import child_of
from workflows.calendar import today_in_london
from workflows.vocabulary import Outcome, words


@dataclass(frozen=True)
class Part:
    """Some sentences that are talked about together."""

    group: Group
    sentences: tuple[Implication, ...]


def parts_of(outcome: Outcome, on: date) -> tuple[Part, ...]:
    """Every sentence in force on a day, each in its group; groups without one are left out."""
    found = implications(outcome.value, on)
    parts = (Part(group, tuple(s for s in found if s.topic in group.topics)) for group in groups())
    return tuple(part for part in parts if part.sentences)


def left_out(outcome: Outcome, on: date, command: c.Explain) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The topics that are not ticked, and the parts of which the child said nothing back."""
    parts = parts_of(outcome, on)
    silent = [part.group.key for part in parts if part.group.ask and part.group.key not in command.said]
    topics = [s.topic for part in parts for s in part.sentences if s.topic not in command.ticked]
    return tuple(topics), tuple(silent)


def all_words(command: c.Explain) -> str:
    """Everything that the child said back, in one text."""
    return "\n".join([*command.said.values(), *([command.childs_words] if command.childs_words else [])])


def how_words(command: c.Explain) -> str:
    """How it was explained, in one line."""
    ways = [methods()[key] for key in command.ways]
    said = "; ".join([*ways, *([command.method] if command.method else [])])
    other = command.language if command.language.lower() not in ("", "english") else ""
    return ", in ".join(filter(None, (said, other)))[:200]


def keep_explanation(
    db: Session, referral: Referral, disposal: Disposal, command: c.Explain, *, by: Actor, at: datetime
) -> None:
    """Keep what was shown word for word, so that a later change of the words changes nothing here."""
    parts = parts_of(disposal.outcome, today_in_london(at))
    said = [
        {"part": part.group.title, "ask": part.group.ask, "words": command.said[part.group.key]}
        for part in parts
        if part.group.key in command.said
    ]
    if command.childs_words:
        said.append({"part": "Anything else", "ask": "", "words": command.childs_words})
    db.add(
        Explanation(
            disposal_id=disposal.id,
            document_digest=disposal.document_digest,
            at=at,
            by_id=by.id,
            by_name=by.name,
            place=command.explained_place,
            methods=[methods()[key] for key in command.ways],
            method=command.method,
            language=command.language,
            interpreter=command.interpreter,
            advice=command.advice,
            there=_there(db, referral, disposal, command, by),
            items=[
                {
                    "part": part.group.title,
                    "topic": sentence.topic,
                    "text": sentence.text,
                    "rule": sentence.rule,
                    "since": sentence.since.isoformat(),
                    "explained": sentence.topic in command.ticked,
                }
                for part in parts
                for sentence in part.sentences
            ],
            said=said,
        )
    )
    db.flush()


def _there(
    db: Session, referral: Referral, disposal: Disposal, command: c.Explain, by: Actor
) -> list[dict[str, str]]:
    people = [(child_of(db, referral).name, "Child")]
    if disposal.adult_name and command.adult_here:
        who = words(disposal.adult_relationship or disposal.adult) if disposal.adult else ""
        people.append((disposal.adult_name, f"Appropriate adult: {who}"))
    people.append((by.name, "Police officer"))
    if command.case_manager_present:
        name = db.exec(select(User.name).where(User.id == referral.case_manager_id)).first()
        people.append((name or "The case manager", "Case manager"))
    if command.interpreter:
        people.append((command.interpreter, "Interpreter"))
    for row in filter(None, (line.strip() for line in command.others.splitlines())):
        name, _, role = row.partition(",")
        people.append((name.strip(), role.strip() or "Also there"))
    return [{"name": name, "role": role} for name, role in people]


def explanations_of(db: Session, disposal_id: int) -> list[Explanation]:
    """Each time that it was explained, the last first."""
    query = select(Explanation).where(Explanation.disposal_id == disposal_id)
    return list(db.exec(query.order_by(col(Explanation.id).desc())))
