"""Each field of an extract on both sides of what it says, and the sheet beside them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from config.extract_fields import items, not_supplied
from panel.db import transaction
from panel.extracts.fields import Maker
from panel.extracts.guide import NAMES, guide
from panel.extracts.rows import CaseRow, HomeOffice
from panel.victims.models import Victim, VictimAttempt, VictimClearing, VictimConsent, VictimUpdate
from panel.victims.national import Returned, returned
from tests.support.world import NOW, TODAY, World, accepted
from workflows.extracts import CODE_SETS, NON_SUBSTANTIVE
from workflows.victim import Agreement, Happened, How, Kind, Result
from workflows.vocabulary import Admission, Gender, Outcome, View

DECIDED = datetime(2026, 11, 9, 10, tzinfo=UTC)
OFFENCE: dict[str, Any] = {
    "id": 7,
    "title": "Theft",
    "code": "TH68001",
    "committed_on": date(2026, 10, 3),
    "outcome": None,
    "crime_reference": "13260004411",
    "gravity": 2,
    "admission": Admission.FULL,
}
CASE: dict[str, Any] = {
    "id": 3,
    "reference": "NK-000003",
    "submitted_at": datetime(2026, 10, 5, 9, tzinfo=UTC),
    "decided_at": DECIDED,
    "given_on": date(2026, 11, 12),
    "outcome": Outcome.YC,
    "plan_id": 5,
    "given_name": "Ada",
    "surname": "Reed",
    "date_of_birth": date(2011, 3, 4),
    "postcode": "KD1 2AB",
    "pnc_id": "2019/0412345P",
    "gender": Gender.FEMALE,
    "ethnicity": "W1",
    "looked_after": True,
    "ends_on": date(2027, 1, 12),
    "completed_on": date(2026, 12, 12),
    "in_full": True,
}
VICTIM: dict[str, Any] = {
    "id": 9,
    "referral_id": 3,
    "kind": Kind.PERSON,
    "view": View.GIVEN,
    "justice_offered": True,
    "wants_updates": True,
    "reached_on": date(2026, 10, 20),
    "viewed_at": DECIDED,
    "agreed_on": date(2026, 10, 20),
    "told_on": date(2026, 11, 13),
}
PERSON, CRIME, PLAN = "person_details", "offence", "intervention_programme"
HARMED, LINK, OTHER_LINK = (
    *("victim_intervention", "link_offence_intervention_programme"),
    "link_offence_victim_intervention",
)
LATER, NEVER = datetime(2026, 11, 10, 9, tzinfo=UTC), {"decided_at": None, "given_on": None}
# Field, what it says of the case above, what of a changed one, and the change.
SIDES: list[tuple[str, str, str, str, dict[str, Any]]] = [
    (PERSON, "reference", "NK-000003", "NK-000004", {"reference": "NK-000004"}),
    (PERSON, "givenName", "Ada", "Bo", {"given_name": "Bo"}),
    (PERSON, "surname", "Reed", "", {"surname": ""}),
    (PERSON, "dateOfBirth", "2011-03-04", "2012-03-04", {"date_of_birth": date(2012, 3, 4)}),
    (PERSON, "postcode", "KD1 2AB", "", {"postcode": ""}),
    (PERSON, "pncId", "2019/0412345P", "", {"pnc_id": ""}),
    (PERSON, "ageAtReferral", "15", "14", {"date_of_birth": date(2011, 10, 6)}),
    (PERSON, "gender", "female", "not_stated", {"gender": Gender.NOT_STATED}),
    (PERSON, "ethnicity", "W1", "", {"ethnicity": ""}),
    (PERSON, "lookedAfter", "yes", "no", {"looked_after": False}),
    (PERSON, "referredMonth", "2026-10", "", {"submitted_at": None}),
    # Half past eleven in the evening of a summer's day in UTC is the next day in London.
    *[
        (
            PERSON,
            "referredOn",
            "2026-10-05",
            day,
            {"submitted_at": datetime(2026, 7, 5, hour, 30, tzinfo=UTC)},
        )
        for day, hour in (("2026-07-05", 22), ("2026-07-06", 23))
    ],
    (CRIME, "crimeReference", "13260004411", "", {"offence": {"crime_reference": ""}}),
    (CRIME, "offenceCode", "TH68001", "", {"offence": {"code": ""}}),
    (CRIME, "offenceTitle", "Theft", "Affray", {"offence": {"title": "Affray"}}),
    (CRIME, "offenceMonth", "2026-10", "2026-09", {"offence": {"committed_on": date(2026, 9, 30)}}),
    (CRIME, "offenceDate", "2026-10-03", "2026-09-30", {"offence": {"committed_on": date(2026, 9, 30)}}),
    (CRIME, "gravity", "2", "", {"offence": {"gravity": None}}),
    (CRIME, "admission", "full_admission", "none", {"offence": {"admission": Admission.NONE}}),
    (CRIME, "legalOutcome", "2", "8", {"offence": {"outcome": Outcome.CR}}),
    (CRIME, "legalOutcome", "2", "", {"decided_at": datetime(2013, 1, 1, tzinfo=UTC)}),
    (CRIME, "legalOutcomeGroup", "Pre-court", "", {"offence": {"outcome": Outcome.CHARGE}}),
    (CRIME, "legalOutcomeGroup", "Pre-court", "", {"offence": {"outcome": Outcome.NFA}}),
    (CRIME, "legalOutcomeGroup", "Pre-court", "", {"outcome": None}),
    (CRIME, "cmslegalOutcome", "youth_caution", "", {"outcome": None}),
    (CRIME, "outcomeMonth", "2026-11", "", NEVER),
    (CRIME, "outcomeDate", "2026-11-12", "2026-11-09", {"given_on": None}),
    (CRIME, "outcomeDate", "2026-11-12", "", NEVER),
    (PLAN, "start", "2026-11-12", "", {"given_on": None}),
    (PLAN, "end", "2026-12-12", "2027-01-12", {"completed_on": None}),
    (PLAN, "days", "30", "61", {"completed_on": None}),
    (PLAN, "days", "30", "", {"given_on": None}),
    (PLAN, "cmsdisposalType", "youth_caution", "outcome_22", {"outcome": Outcome.O22}),
    (PLAN, "disposalType", "Youth Cautions with YJS intervention", NON_SUBSTANTIVE, {"outcome": Outcome.CR}),
    (PLAN, "kpi6SuccessfullyCompleted", "yes", "no", {"in_full": False}),
    (PLAN, "kpi6SuccessfullyCompleted", "yes", "", {"in_full": None}),
    (HARMED, "victimType", "person", "business", {"victim": {"kind": Kind.BUSINESS}}),
    (HARMED, "contactMonth", "2026-10", "", {"victim": {"reached_on": None}}),
    (HARMED, "contactDate", "2026-10-20", "", {"victim": {"reached_on": None}}),
    (HARMED, "viewTakenPrior", "yes", "no", {"victim": {"viewed_at": LATER}}),
    (HARMED, "viewTakenPrior", "yes", "no", {"victim": {"viewed_at": None}}),
    (HARMED, "viewTakenPrior", "yes", "", NEVER),
    (HARMED, "commentedStatus", "given", "declined", {"victim": {"view": View.DECLINED}}),
    (HARMED, "rjOfferedStatus", "yes", "no", {"victim": {"justice_offered": False}}),
    (HARMED, "rjOfferedStatus", "yes", "", {"victim": {"justice_offered": None}}),
    (HARMED, "progressRequested", "yes", "", {"victim": {"wants_updates": None}}),
    (HARMED, "progressRequestedDate", "2026-10-20", "", {"victim": {"agreed_on": None}}),
    (HARMED, "progressProvided", "yes", "no", {"victim": {"told_on": None}}),
    (HARMED, "progressProvidedMonth", "2026-11", "", {"victim": {"told_on": None}}),
    (HARMED, "progressProvidedDate", "2026-11-13", "", {"victim": {"told_on": None}}),
]
KEYS = {
    *((item, "caseKey") for item in (PERSON, CRIME, PLAN, HARMED)),
    *((item, "offenceKey") for item in (CRIME, LINK, OTHER_LINK)),
    *((item, "programmeKey") for item in (PLAN, LINK)),
    *((item, "victimKey") for item in (HARMED, OTHER_LINK)),
}
MAKER = Maker(b"s" * 32, HomeOffice(((date(2013, 4, 8), {Outcome.YC: "2", Outcome.CR: "8"}),)))


def table(item: str, change: dict[str, Any]) -> list[dict[str, str]]:
    """The rows of an item of the case above with a change."""
    offence, victim = OFFENCE | change.get("offence", {}), Returned(**VICTIM | change.get("victim", {}))
    more = [dict(OFFENCE, id=8)] * change.get("more", 0)
    values = CASE | {name: value for name, value in change.items() if name in CASE}
    fields = items(named=True)[item]
    found = MAKER.rows(item, fields, CaseRow(3, values, (offence, *more), (victim,)))
    return [dict(zip((field.name for field in fields), row, strict=True)) for row in found]


@pytest.mark.parametrize(("item", "name", "said", "otherwise", "change"), SIDES)
def test_a_field_says_what_is_recorded_and_nothing_else(
    item: str, name: str, said: str, otherwise: str, change: dict[str, Any]
) -> None:
    assert [row[name] for row in table(item, {})] == [said]
    assert [row[name] for row in table(item, change)] == [otherwise]


def test_every_field_is_looked_at_from_both_sides() -> None:
    every = {(item, field.name) for item, fields in items(named=True).items() for field in fields}
    assert {(item, name) for item, name, *_ in SIDES} | KEYS == every


def test_keys_join_and_links_are_only_what_is_known() -> None:
    (person,), (crime,), (harmed,) = table(PERSON, {}), table(CRIME, {}), table(HARMED, {})
    assert person["caseKey"] == crime["caseKey"] == harmed["caseKey"] != harmed["victimKey"]
    assert table(OTHER_LINK, {}) == [{"offenceKey": crime["offenceKey"], "victimKey": harmed["victimKey"]}]
    assert table(OTHER_LINK, {"more": 1}) == []
    assert [row["offenceKey"] for row in table(LINK, {})] == [crime["offenceKey"]]
    assert table(LINK, {"offence": {"outcome": Outcome.NFA}}) == []
    assert table(PLAN, {"plan_id": None}) == table(LINK, {"plan_id": None}) == []


def test_the_sheet_names_every_field_its_codes_and_what_has_no_answer() -> None:
    columns = items(named=True)
    lists = {
        name: [{"name": f"{name} 1", "in_force_from": "2013-04-08"}] for name in ("outcomes", "ethnicity")
    }
    rows = [dict(zip(NAMES, row, strict=True)) for row in guide(columns, lists)]
    by_name = {(row["item"], row["field"]): row for row in rows}
    assert len(by_name) == len(rows) == sum(map(len, columns.values())) + len(not_supplied())
    outcome = by_name[CRIME, "legalOutcome"]
    assert (outcome["codeSet"], outcome["codeSetVersion"]) == (
        "outcomes",
        "outcomes 1, in force from 2013-04-08",
    )
    assert by_name[CRIME, "gravity"]["codeSetVersion"] == ""
    gender = by_name[PERSON, "gender"]
    assert "not_stated = Not stated" in gender["codes"]
    assert gender["codeSetVersion"]
    assert [row for row in rows if row["item"] == "not supplied" and not row["means"]] == []
    # What a field may say is in its set.
    for item, name, said, otherwise, _ in SIDES:
        field = next(one for one in columns[item] if one.name == name)
        if field.codes:
            assert {said, otherwise} - {""} <= {code for code, _ in CODE_SETS[field.codes]}


def test_victims_are_read_by_codes_and_days_and_one_who_objects_is_not_there(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        case = accepted(db, world)
        number, by = case.id, world.users["manager"]
        silent = Victim(referral_id=number, place=8, name="Zo Quiet", kind=Kind.BUSINESS)
        said = Victim(referral_id=number, place=9, name="Lee Said", view=View.GIVEN, wants_updates=False)
        gone = Victim(referral_id=number, place=10, name="No One", objects_to_sharing=True)
        db.add_all([silent, said, gone])
        db.flush()
        same = {"victim_id": said.id, "by_id": by, "at": NOW}
        for day, result in ((10, Result.NO_ANSWER), (12, Result.REACHED), (14, Result.REACHED)):
            made_on = date(2026, 11, day)
            db.add(VictimAttempt(made_on=made_on, how=How.PHONE, result=result, **same))
        db.add(VictimClearing(view=View.GIVEN, text="words", **same))
        for day, back in ((1, TODAY), (3, None)):
            agreed = date(2026, 11, day)
            consent = {"victim_id": said.id, "by_id": by, "withdrawn_on": back}
            db.add(VictimConsent(agreement=Agreement.UPDATES, agreed_on=agreed, **consent))
        told = {"happened_on": TODAY, "due_on": TODAY, "told_on": TODAY}
        db.add(VictimUpdate(victim_id=said.id, happened=Happened.DECIDED, **told))
        ids = (silent.id, said.id, gone.id)
    with Session(engine) as db:
        found = {one.id: one for one in returned(db, [number])[number]}
    assert gone.id not in found
    assert found[ids[0]] == Returned(ids[0], number, Kind.BUSINESS, View.NOT_YET, *(None,) * 6)
    read = found[ids[1]]
    assert (read.reached_on, read.agreed_on, read.told_on) == (date(2026, 11, 12), date(2026, 11, 3), TODAY)
    assert (read.wants_updates, read.viewed_at) == (False, NOW)
