"""What becomes of a caution after it was given, as people live it: the second part of the manual.

A session is missed; the police look at a possible breach and let the plan go on; a condition is changed with
the child's consent and new signatures; the plan is completed, people are asked what they think of it, and the
case is closed.
"""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from playwright.sync_api import expect
from sqlmodel import Session, col, func, select

from panel.accounts.models import User
from panel.compliance.models import Matter
from panel.disposals.verify import verify as verify_pointers
from panel.documents.verify import verify as verify_files
from panel.history.verify import verify as verify_history
from panel.plans.models import Plan, PlanStep, StepState
from panel.referrals.models import Referral
from tests.browser.conftest import Opener
from tests.browser.desk import Desk
from tests.browser.test_everywhere import fits
from tests.support.browsing import PHONE, Site
from workflows.case import Status
from workflows.conditions import StepKind
from workflows.vocabulary import Outcome

TABLET = {"width": 820, "height": 1180}
NOTED = "She learned to say no, and why it matters."


def running_plan(site: Site, today: date) -> tuple[str, str, int]:
    """A conditional caution whose plan was kept so far: who works on it, and how many steps are to do."""
    soon = today + timedelta(days=3)
    with Session(site.engine) as db:
        # Its conditions are still to come, so that the first of them can be changed.
        due = select(PlanStep.plan_id).where(col(PlanStep.due_on) <= soon)
        query = (
            select(Referral.reference, User.email, func.count())
            .join(User, col(User.id) == Referral.case_manager_id)
            .join(Plan, col(Plan.referral_id) == Referral.id)
            .join(PlanStep, col(PlanStep.plan_id) == Plan.id)
            .where(
                Referral.status == Status.NOTIFIED,
                Referral.outcome == Outcome.YCC,
                col(Referral.reference).startswith("NK-"),
                PlanStep.kind == StepKind.ACTIVITY,
                PlanStep.state == StepState.TO_DO,
                col(Referral.id).not_in(select(Matter.referral_id)),
                col(Plan.id).not_in(due),
            )
            .group_by(col(Referral.reference), User.email)
            .order_by(func.min(PlanStep.due_on))
        )
        found = db.exec(query.limit(1)).first()
    assert found is not None, "the demonstration has no plan of a conditional caution under way"
    return found[0], found[1].split("@")[0], found[2]


def test_a_plan_is_missed_considered_varied_and_completed(
    open_window: Opener, site: Site, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference, whose, steps = running_plan(site, today)
    tomorrow = today + timedelta(days=1)
    worker = Desk(open_window(), whose)
    seconded = Desk(open_window(viewport=TABLET), "seconded")

    # A session is offered at a time that fits, and the family gets it on paper and on their telephone.
    worker.case(reference).follow("Plan").look("Plan").follow("Contacts and appointments").look("Contacts")
    worker.open(f"/cases/{reference}/availability").look("Times that do not fit")
    worker.open(f"/cases/{reference}/contacts/offer").look("Offer an appointment")
    worker.choose(kind="session", step_place="1").day(on=tomorrow)
    worker.type(starts="16:30", minutes="45", where_at="Youth centre, Mill Lane", times="1", every="1")
    worker.type(fits="After school; her mother brings her.")
    worker.press("Offer it").look("Contacts").reads("Youth centre, Mill Lane")
    worker.follow("My plan, for the child").look("My plan").reads("Youth centre, Mill Lane")

    # It is missed: the ladder has it at once, and the case manager speaks with them.
    later = datetime.combine(tomorrow, time(18, 0), UTC)
    monkeypatch.setattr("panel.clock.now", lambda: later)
    worker, seconded = Desk(open_window(), whose), Desk(open_window(viewport=TABLET), "seconded")
    worker.case(reference).follow("Plan").follow("Contacts and appointments").look("Contacts")
    worker.follow("Write down what became of it").look("What became of it")
    worker.choose(became="missed").pick(reason_code="The child did not come")
    worker.type(reason="No answer at the door.").press("Write it down").look("Contacts").reads("Missed")
    worker.open(f"/cases/{reference}/keeping").look("Keeping to it").reads("What happens next")
    worker.follow("Write down that somebody spoke with them").look("spoke with them")
    worker.choose(way="phone").day(happened_on=tomorrow).type(
        who="Her mother", said="She had mixed up the days."
    )
    worker.press("Put it on the record").look("Keeping to it")

    # Somebody thinks that it may be a breach. The police look at the excuse, and a named person decides.
    worker.follow("Report a possible breach to the police").look("possible breach")
    worker.page.locator('main input[name="conditions"]').first.check()
    worker.day(happened_on=tomorrow).type(
        said="The first session was missed.",
        tried="A call on the same day.",
        childs_side="She is sorry and wants another day.",
    )
    worker.because("She was told clearly.").press("Put it on the record").insist(
        "She was told clearly, and asked for it herself."
    )
    worker.look("Keeping to it").reads("the police")
    seconded.open("/").follow("Breaches waiting for the police").look("Breaches")
    seconded.open(f"/cases/{reference}/keeping").look("Keeping to it").follow("Consider the excuse").look(
        "excuse"
    )
    named = {"name": "Ada Poole", "rank": "Sergeant"}
    seconded.choose(excused="no", authority="sergeant_or_above").day(happened_on=tomorrow)
    seconded.type(said="No reason was given on the day.", **named).press("Put it on the record").look(
        "Keeping to it"
    )
    seconded.follow("Write down the decision").look("What do the police decide")
    seconded.choose(choice="continue", authority="sergeant_or_above").day(happened_on=tomorrow)
    seconded.type(said="A first miss, answered at once.", **named).press("Put it on the record").look(
        "Keeping to it"
    )
    seconded.reads("Ada Poole")

    # A condition is changed: with consent, the appropriate adult and new signatures.
    seconded.open(f"/cases/{reference}/variations").look("Variations of the conditions")
    seconded.press("Vary the conditions").look("Version 2").follow("Change").look("condition")
    seconded.type(when_at="Saturdays at 11:00").press("Save").look("Version 2").reads("Saturdays")
    seconded.press("Make the document").look("document")
    seconded.type(
        reason="She has a place in the football team on weekdays.",
        authority_name="Ada Poole",
        authority_rank="Sergeant",
        child_reasons="You play football in the week, so you come on Saturdays.",
    )
    seconded.choose(authority="police").tick("adult_aged_18").press("Make the document").look("Version 2")
    seconded.press("Explain it").look("Who is here").tick("adult_here").choose(case_manager_present="no")
    seconded.type(explained_place="Youth centre").press("Go on").look("A solicitor")
    seconded.choose(advice="declined").press("Go on")
    for part in ("What this is", "Who helps you", "What happens if", "What is kept", "Other people"):
        seconded.look(part).tick_all("ticked", "warned")
        for area in seconded.page.locator("main textarea[name^=said-]").all():
            area.fill("It is Saturdays now, and if I do not come I can go to court.")
        seconded.press("Go on")
    seconded.look("What you will do").reads("You can say no.").press("Go on")
    seconded.look("How it was explained").type(method="Read aloud")
    seconded.press("We have explained it").insist("The day is what was asked for.").look("Sign here")
    seconded.tick("consented")
    for name in ("child_drawing", "adult_drawing", "officer_drawing"):
        seconded.draw(name)
    seconded.press("Keep the signatures").look("Version 2").press("Bring it into force today").look(
        "Version 2"
    )
    seconded.reads("In force")
    worker.case(reference).follow("Plan").look("Plan").reads("Saturdays at 11:00")
    worker.follow("Versions, and what changed").look("Versions").reads("The conditions were varied")

    # Every step is done; completion, closing summary, feedback; then the case is closed.
    worker.case(reference).follow("Plan").look("Plan")
    for number in range(1, steps + 1):
        worker.follow("Write down what became of it")
        worker.choose(state="done").day(done_on=tomorrow).type(evidence=NOTED).press("Write it down")
        worker.look("Plan").reads(f"{number} done")
    worker.look("Plan").follow("The end: completion, closing summary and feedback").look("The end")
    worker.press("Record that the plan is over").look("The plan is over").type(said="She did all of it.")
    worker.press("Record it and tell the police").look("The end").reads("Recorded")
    worker.follow("Write the summary").look("summary")
    worker.type(
        done="All that was agreed.",
        helped="Saturdays, and her mother.",
        still_open="Nothing.",
        exit_services="The football club.",
        safety="Safe at home.",
        if_trouble="Talk early.",
        child_done="You came, also when it was hard.",
        child_well="You are good with the little ones.",
        child_next="Priya: 01632 960123.",
    )
    worker.press("Keep this version").look("The end").follow("Ask the child").look("think")
    worker.choose(means="talk").day(given_on=tomorrow).type(words="It was all right in the end.")
    worker.press("Keep what they said").look("The end").follow("Ask the parent or carer").look("think")
    worker.choose(means="phone").day(given_on=tomorrow).tick("declined").press("Keep what they said").look(
        "The end"
    )
    seconded.open(f"/cases/{reference}/end").look("The end").press("Confirm that the police know").look(
        "The end"
    )
    worker.open(f"/cases/{reference}/plan/close").look("Close the case").type(reason="All done.")
    worker.press("Close the case").insist("Agreed with the family.").case(reference).look(reference)
    worker.reads("the case is closed")

    with Session(site.engine) as db:
        assert db.exec(select(Referral).where(Referral.reference == reference)).one().status is Status.CLOSED
    assert verify_history(site.engine) == []
    assert verify_files(site.engine) == []
    assert verify_pointers(site.engine) == []

    # All of it reads on a telephone too.
    phone = Desk(open_window(viewport=PHONE), whose)
    for page in ("plan", "plan/versions", "my-plan", "contacts", "keeping", "variations/2", "end", "told"):
        phone.open(f"/cases/{reference}/{page}")
        expect(phone.page.get_by_role("heading", level=1)).to_be_visible()
        fits(phone.page)
