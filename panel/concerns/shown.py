"""Events and safeguarding as the pages show them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for
from sqlmodel import Session

from config.policy import number
from panel.concerns.models import SafeguardingAnswer, SignificantEvent
from panel.concerns.queries import Waiting, answers_of, events_of
from panel.referrals.models import Referral
from panel.referrals.queries import names_of
from workflows.calendar import add_working_days, clock_words, long_date, working_days_between
from workflows.concerns import Safeguarding
from workflows.vocabulary import words

NOT_ANSWERED = "Nobody has answered this yet"


def event_cards(db: Session, referral: Referral, *, acts: bool) -> list[dict[str, Any]]:
    """The events of a case, the newest first, each with its safeguarding answer and what can be done."""
    events, answers = events_of(db, referral.id), answers_of(db, referral.id)
    people = names_of(db, [i for e in events for i in (e.recorded_by_id, e.follows_by_id)])
    return [_card(event, answers, people, referral.reference, acts=acts) for event in events]


def _card(
    event: SignificantEvent,
    answers: Mapping[int | None, SafeguardingAnswer],
    people: Mapping[int, str],
    reference: str,
    *,
    acts: bool,
) -> dict[str, Any]:
    links = []
    if acts and event.follows is None:
        href = url_for("reopening.follow", reference=reference, number=event.id)
        links.append({"text": "Say what follows", "href": href})
    return {
        "number": event.id,
        "title": f"{words(event.kind)}, {long_date(event.happened_on)}",
        "open": event.follows is None,
        "links": links + _links(answers.get(event.id), reference, event.id, acts=acts),
        "rows": [
            {"key": "What happened", "value": event.what},
            {"key": "How we know", "value": event.source},
            {
                "key": "Recorded by",
                "value": f"{people.get(event.recorded_by_id, '')}, {clock_words(event.recorded_at)}",
            },
            {"key": "What follows", "value": _follows(event, people)},
            {"key": "Children's social care", "value": answer_words(answers.get(event.id))},
        ],
    }


def _follows(event: SignificantEvent, people: Mapping[int, str]) -> str:
    if event.follows is None or event.follows_at is None:
        return "Nobody has said it yet"
    by = f"{people.get(event.follows_by_id or 0, '')}, {clock_words(event.follows_at)}"
    return f"{words(event.follows)}: {event.follows_why}\n{by}"


def _links(
    answer: SafeguardingAnswer | None, reference: str, event: int | None, *, acts: bool
) -> list[dict[str, str]]:
    if not acts:
        return []
    text = "Change the safeguarding answer" if answer else "Answer the safeguarding question"
    found = [{"text": text, "href": url_for("concerns.safeguarding", reference=reference, number=event)}]
    if answer is not None and answer.answer is Safeguarding.MADE and answer.replied_on is None:
        href = url_for("concerns.reply", reference=reference, number=event)
        found.append({"text": "Write down their answer", "href": href})
    return found


def answer_words(answer: SafeguardingAnswer | None) -> str:
    """What was answered about safeguarding, in words."""
    if answer is None:
        return NOT_ANSWERED
    said = [words(answer.answer)]
    if answer.made_on is not None:
        with_number = f", their reference {answer.reference}" if answer.reference else ""
        said.append(f"Made on {long_date(answer.made_on)} to {answer.made_to}{with_number}")
        said.append(
            f"They answered on {long_date(answer.replied_on)}: {answer.reply}"
            if answer.replied_on
            else "They have not answered yet"
        )
    return "\n".join([*said, *([answer.reason] if answer.reason else [])])


def about_the_child(db: Session, referral: Referral, *, acts: bool) -> dict[str, Any]:
    """The safeguarding question about the child as a whole."""
    answer = answers_of(db, referral.id).get(None)
    return {
        "rows": [{"key": "Referral to children's social care", "value": answer_words(answer)}],
        "links": _links(answer, referral.reference, None, acts=acts),
    }


def waiting_rows(found: Sequence[Waiting], *, today: date) -> list[dict[str, Any]]:
    """Referrals without an answer as the rows of a list."""
    return [
        {
            "href": url_for("concerns.reply", reference=row.reference, number=row.event_id),
            "cells": [
                {"text": row.child_name, "hint": row.reference},
                {"text": long_date(row.made_on), "hint": row.made_to},
                _waited(row.made_on, today),
                row.worker or "Nobody yet",
            ],
        }
        for row in found
    ]


def _waited(made_on: date, today: date) -> dict[str, str]:
    days = working_days_between(made_on, today)
    due = add_working_days(made_on, number("safeguarding_reply", today))
    text = f"{days} working day{'s' if days != 1 else ''}"
    return {"text": text, "hint": f"Late: an answer was due on {long_date(due)}" if today > due else ""}
