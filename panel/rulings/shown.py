"""The record of a decision as a stranger reads it: who decided what, on which papers, and why."""

from datetime import date
from typing import Any

from sqlmodel import Session

from config.coded import POLICE_REASONS
from panel.decisions.models import Decision
from panel.decisions.queries import conditions_of
from panel.decisions.standing import all_of_the_police, decisions_of, escalations_of, rescissions_of
from panel.decisions.standing_models import Escalation, PoliceDecision, Rescission
from panel.decisions.summary import steps_words
from panel.referrals.models import Referral
from panel.referrals.queries import offences_of
from panel.rulings.models import Correction
from panel.rulings.reading import concerns_of, corrections_of, text_of, written
from panel.victims.queries import PanelView, read_then
from workflows.calendar import clock_words, long_date
from workflows.ruling import Place, Status
from workflows.vocabulary import Outcome, words

Row = dict[str, Any]
OLD = "This decision was recorded before the whole record was kept; what was kept then is shown."


def row(key: str, value: Any) -> Row:
    """One line of the record."""
    return {"key": key, "value": value or "Nothing is recorded"}


def sections(db: Session, referral: Referral, decision: Decision) -> list[Row]:
    """The record in the order of a reader's questions."""
    content = decision.content
    parts = [
        _section("What was decided", _decided(db, referral, decision)),
        _section("Why", _why(db, decision)),
        _section("Who decided", _who(decision)),
    ]
    if content:
        parts += [
            _section("Options weighed", _options(content)),
            _section("What the panel knew", _knew(db, decision)),
            _section("By which rules", _rules(content)),
        ]
    after = _after(db, referral, decision)
    if after:
        parts.insert(0, _section("What has happened to this decision since", after))
    return parts


def _section(title: str, rows: list[Row]) -> Row:
    return {"title": title, "rows": rows}


def _decided(db: Session, referral: Referral, decision: Decision) -> list[Row]:
    content = decision.content
    offences = (
        [f"{words(Outcome(o['outcome']))}: {o['title']}, {o['when']}" for o in content["offences"]]
        if content
        else [words(decision.outcome)]
    )
    late = [row("Why it was recorded later", decision.late_reason)] if decision.late_reason else []
    again = [row("Heard again after", content["rehears"])] if content and content["rehears"] else []
    return [
        row("Outcome", offences),
        row("Conditions and steps", steps_words(conditions_of(db, decision.id)) or "None"),
        row("Took place on", _now(db, decision, Place.TOOK_PLACE)),
        row("Recorded", clock_words(decision.decided_at)),
        *late,
        *again,
    ]


def _now(db: Session, decision: Decision, place: Place) -> list[str] | str:
    """What the record says; where a slip was put right the new words first, then the old ones."""
    now, then = text_of(db, decision, place), written(decision, place)
    return now if now == then else [now, f"Corrected. As it was written: {then}"]


def _why(db: Session, decision: Decision) -> list[Row]:
    rows = [row("Reasons", _now(db, decision, Place.REASONS))]
    if decision.content:
        rows.append(row("What else was considered", _now(db, decision, Place.CONSIDERED)))
        gone = [f"{o['says']} {o['by']}: {o['why']}" for o in decision.content["overrides"]]
        rows.append(row("Guidance that was overridden", gone or "None"))
    return rows


def _who(decision: Decision) -> list[Row]:
    content = decision.content
    if not content:
        return [row("Members", [member["name"] for member in decision.quorum])]
    said = [
        row(
            f"{m['name']}, {m['seat']}",
            [f"{m['role']}. {_position(m)}", *([m["comment"]] if m["comment"] else [])],
        )
        for m in content["members"]
    ]
    dissent = [f"{m['name']} ({m['seat']}): {_position(m)}" for m in content["members"] if m["dissents"]]
    split = [
        f"{e['to']}, {e['on']}: {e['text']} Answer: {e['answer'] or 'none yet'}"
        for e in content["escalations"]
    ]
    met = content["meeting"]
    return [
        row("Meeting", f"{met['place']}, chaired by {met['chair']} ({met['reference']})"),
        *said,
        row("Dissent", dissent or "None: every member was for what was decided"),
        row("Split views taken further", split or "None"),
    ]


def _position(member: Row) -> str:
    if not member["position"]:
        return "No position is recorded."
    by = f" (written down by {member['entered_by']})" if member["entered_by"] else ""
    return f"Position: {words(Outcome(member['position'])).lower()}{by}."


def _options(content: Row) -> list[Row]:
    return [row(f"{words(Outcome(o['outcome']))}: {o['offence']}", _option(o)) for o in content["options"]]


def _option(option: Row) -> list[str]:
    may = "Not allowed" if not option["allowed"] else "Needs a reason" if option["against"] else "Allowed"
    said = [f"Chosen. {may}" if option["chosen"] else may]
    if option["argued_by"]:
        said.append(f"Argued for by {', '.join(option['argued_by'])}")
    return said + [f"Against it: {a['says']} ({a['rule']}: {a['source']})" for a in option["against"]]


def _knew(db: Session, decision: Decision) -> list[Row]:
    content, found = decision.content, decision.content["assessment"]
    seen = (
        f"Version {found['version']}, digest {found['digest'][:16]}"
        if found
        else "No assessment was countersigned"
    )
    pack = f"Pack {decision.pack_number}, digest {decision.pack_digest[:16]}"
    offences = [
        row(
            f"Offence: {o['title']}",
            [
                f"{o['when']}, {o['where']}",
                o["mode"],
                f"Admission: {o['admission']}",
                f"Evidence, as an officer saw it: {o.get('evidence') or 'nothing is on record'}",
                *o["gravity"],
            ],
        )
        for o in content["offences"]
    ]
    texts = read_then(db, [v["clearing"] for v in content["victims"] if v["clearing"]])
    victims = [row(v["title"], _victim(v["stands"], texts.get(v["clearing"]))) for v in content["victims"]]
    return [
        *offences,
        row("The police's view of the evidence", _now(db, decision, Place.EVIDENCE)),
        *victims,
        row("What the child says", content["child_says"]),
        row("What the parent or carer says", content["parent_says"]),
        row("Assessment", seen),
        row("The pack", pack if decision.pack_number else "No pack had been made"),
    ]


def _victim(stood: str, view: PanelView | None) -> list[str]:
    """What the panel read of a victim; a text is hidden when they have objected since."""
    if view is None:
        return [stood]
    now = [text for text in (view.text, view.justice_words, view.reparation) if text]
    return (
        [stood, *now]
        if now
        else [stood, f"Now: {view.status_words}"]
        if view.status_words != stood
        else [stood]
    )


def _rules(content: Row) -> list[Row]:
    policy = content["policy"]
    lists = [
        f"{entry['list'].capitalize()}: {entry['name']}, from {long_date(date.fromisoformat(entry['since']))}"
        for entry in policy["lists"]
    ]
    return [
        row("Code lists", lists),
        row("Policy figures in force", f"{len(policy['figures'])} figures, each pinned with its value"),
    ]


def _after(db: Session, referral: Referral, decision: Decision) -> list[Row]:
    """Corrected, rescinded, heard again, decided otherwise by the police, doubted."""
    rows = [_police(db, referral, p) for p in all_of_the_police(db, decision.id)]
    rows += [_rescission(r) for r in rescissions_of(db, decision.id)]
    rows += [_correction(r) for r in corrections_of(db, decision.id)]
    rows += [
        row("Heard again", f"Decision {later.number}, {long_date(later.took_place_on)}")
        for later, _ in decisions_of(db, referral.id)
        if later.rehears_id == decision.id
    ]
    rows += [
        row("Concern", [c.text, f"Passed to {c.passed_to}. {c.by_words}, {clock_words(c.at)}"])
        for c in concerns_of(db, decision.id)
    ]
    known = {entry["text"] for entry in decision.content.get("escalations", [])}
    return rows + [
        row("Split view taken further", _split(e, a))
        for e, a in escalations_of(db, referral.id)
        if e.text not in known
    ]


def _split(raised: Escalation, answer: Escalation | None) -> list[str]:
    asked = f"{raised.to_name}, {raised.to_post}, {long_date(raised.escalated_on)}: {raised.text}"
    return [asked, f"{long_date(answer.escalated_on)}: {answer.text}" if answer else "No answer yet"]


def _police(db: Session, referral: Referral, ruled: PoliceDecision) -> Row:
    names = {o.id: o.title for o in offences_of(db, referral)}
    outcomes = [f"{words(Outcome(v))}: {names.get(int(o), 'an offence')}" for o, v in ruled.outcomes.items()]
    who = f"{ruled.rank} {ruled.name} {ruled.collar}".strip()
    return row(
        "The police decided otherwise",
        [
            *outcomes,
            f"{POLICE_REASONS.code(ruled.code).says}: {ruled.reason}",
            f"{who}, {words(ruled.authority).lower()}, {long_date(ruled.decided_on)}",
            f"Recorded by {ruled.recorded_by}, {clock_words(ruled.recorded_at)}",
            f"Told: {'; '.join(ruled.told)}",
            *(f"Not met: {says}" for says in ruled.named),
            "What is given follows this decision. It goes to scrutiny.",
        ],
    )


def _rescission(ruled: Rescission) -> Row:
    title = {Status.CONFIRMED: "Rescinded", Status.DECLINED: "Rescinding was declined"}.get(
        ruled.status, "Somebody asks to rescind it"
    )
    return row(
        title, [ruled.reason, f"Asked by {ruled.asked_by}, {clock_words(ruled.asked_at)}", *_answer(ruled)]
    )


def _correction(ruled: Correction) -> Row:
    return row(
        f"{words(ruled.place)}: correction {words(ruled.status).lower()}",
        [
            f"As it was written: {ruled.before}",
            f"As it should be: {ruled.after}",
            ruled.reason,
            f"Asked by {ruled.asked_by}, {clock_words(ruled.asked_at)}",
            *_answer(ruled),
        ],
    )


def _answer(ruled: Rescission | Correction) -> list[str]:
    if ruled.answered_at is None:
        return ["A second person has not answered yet"]
    said = f"{words(ruled.status)} by {ruled.answered_by}, {clock_words(ruled.answered_at)}"
    return [f"{said}: {ruled.answer}" if ruled.answer else said]
