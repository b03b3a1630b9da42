"""Rounds of scrutiny on their way from the lot to the report."""

from sqlmodel import Session

from panel.scrutiny import actions, drawing, scoring
from panel.scrutiny import commands as c
from panel.scrutiny.anonymising import proposed
from panel.scrutiny.models import ScrutinyRound
from panel.scrutiny.queries import cases_of, sample_of
from tests.support.decided import decided
from tests.support.world import NOW, TODAY, World
from workflows.scrutiny import Answer, CaseStatus, Finding
from workflows.vocabulary import Outcome

CHILD = {
    "given_name": "Quillon",
    "surname": "Zebrafield",
    "school": "Zanzibar Academy",
    "address": "9 Xanadu Row",
}
OFFENCE = {"title": "Criminal damage at Yellowhammer Hall", "location": "Yellowhammer Hall"}
REASONS = (
    "Quillon of Zanzibar Academy told PC Marsh that he is sorry; Dana Fielding will see to it at Xanadu Row."
)
# Every word that would tell somebody from outside who or where: child, carer, school, places, staff.
CANARIES = (
    *("Quillon", "Zebrafield", "Zanzibar", "Xanadu", "Yellowhammer", "Fielding", "Robin", "KD1"),
    *("Marsh", "Nair", "Pike", "Reed", "Khan", "Okoro", "NK-"),
)
JUDGES = ("scrutineer", "second_scrutineer")


def asked(world: World, **more: object) -> c.Drawn:
    """Everything that was decided today, all of it."""
    members = tuple(world.users[key] for key in JUDGES)
    return c.Drawn.model_validate(
        {"since": TODAY, "until": TODAY, "per_cent": 100, "members": members} | more
    )


def cases(db: Session, world: World, count: int = 1, outcome: Outcome = Outcome.YCC) -> None:
    """Decided cases, full of words that tell."""
    from tests.support import decided as stages

    before = stages.REASONS
    try:
        stages.wrote.__kwdefaults__["reasons"] = REASONS
        for _ in range(count):
            decided(db, world, outcome, child=CHILD, offence=OFFENCE)
    finally:
        stages.wrote.__kwdefaults__["reasons"] = before


def drawn(db: Session, world: World, count: int = 1, **more: object) -> ScrutinyRound:
    """A sample whose texts wait for a person."""
    cases(db, world, count)
    command, area = asked(world, **more), world.areas["north"]
    return drawing.draw_round(db, command, area, by=world.actor("manager"), at=NOW, seed="fixed")


def clear_all(db: Session, world: World, round_: ScrutinyRound) -> None:
    """A person takes the service's proposals as they are."""
    for case in sample_of(db, round_.id):
        if case.status is CaseStatus.DRAWN:
            offences, reasons = proposed(db, case)
            command = c.Cleared(offences=offences, reasons=reasons, looked=True)
            actions.clear(db, round_, case.place, command, by=world.actor("manager"), at=NOW)


def begun(db: Session, world: World, count: int = 1, **more: object) -> ScrutinyRound:
    """A sample that is with the scrutineers."""
    round_ = drawn(db, world, count, **more)
    clear_all(db, world, round_)
    actions.begin(db, round_, by=world.actor("manager"), at=NOW)
    return round_


def score(db: Session, world: World, round_: ScrutinyRound, key: str, place: int = 1) -> None:
    """One scrutineer finds it appropriate."""
    command = c.Scored(finding=Finding.APPROPRIATE, answers={"lawful": Answer.MET})
    scoring.score(db, round_, place, command, by=world.actor(key), at=NOW)


def found(db: Session, world: World, count: int = 1, **more: object) -> ScrutinyRound:
    """A sample with a joint finding on every case."""
    round_ = begun(db, world, count, **more)
    for case in cases_of(db, round_.id):
        for key in JUDGES:
            score(db, world, round_, key, case.place)
        said = c.Found(finding=Finding.OBSERVATIONS, words="The reasons are short.")
        scoring.find(db, round_, case.place, said, by=world.actor("scrutineer"), at=NOW)
    return round_


def finished(db: Session, world: World, count: int = 1) -> ScrutinyRound:
    """A finished round."""
    round_ = found(db, world, count)
    said = c.Finished(words="Reasons should say what was weighed.")
    actions.finish(db, round_, said, by=world.actor("manager"), at=NOW)
    return round_
