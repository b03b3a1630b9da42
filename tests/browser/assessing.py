"""How a case manager writes an assessment, page by page, until it is handed in."""

from datetime import date, timedelta

from playwright.sync_api import expect

from panel.demo import PASSWORD
from tests.browser.desk import Desk
from workflows.assessment_parts import SECTIONS

TEXTS = {
    "child_words": "I was so angry. I want to say sorry.",
    "parent_words": "She has never done such a thing.",
    "offence_analysis": "A quarrel with a friend; no planning.",
    "family": "Lives with her mother and brother.",
    "strengths": "Plays the drums; trusts her form tutor.",
}


def write_assessment(worker: Desk, reference: str, today: date) -> None:
    """From the task list to the submitted assessment."""
    base = f"/cases/{reference}/assessment"
    _sections(worker, base)
    _sources(worker, base, today)
    _screens(worker, base)
    _childs_answers(worker, base)
    _judgements(worker, base)
    _plan(worker, base, today)
    worker.open(base + "/write").look("Write the assessment").press("Check and submit")
    worker.look("Check").follow("Say whether the child has to be referred").look("Safeguarding")
    worker.choose(answer="not_needed").type(reason="No sign of harm at home or outside.")
    worker.press("Save the answer").look("Safety").reads("No sign of harm")
    worker.open(base + "/submit").look("Check").press("Submit the assessment").look("Assessment")


def _sections(worker: Desk, base: str) -> None:
    worker.open(f"{base}/sections/{SECTIONS[0].key}")
    for section in SECTIONS:
        expect(worker.page.get_by_role("heading", level=1)).to_have_text(section.title)
        worker.type(text=TEXTS.get(section.key, "Nothing here worries us; her mother and school say so too."))
        worker.press("Save and continue")
    worker.look("Write the assessment")
    worker.open(f"{base}/sections/family").look("Family").press("Add a statement").look("Add a statement")
    worker.type(text="One brother, aged nine", source_words="Her mother, on the telephone").choose(
        basis="fact"
    )
    worker.press("Save this statement").look("Family").reads("One brother, aged nine")


def _sources(worker: Desk, base: str, today: date) -> None:
    for kind in ("police", "social_care", "education"):
        worker.open(base + "/source").choose(kind=kind).type(who="Duty desk").day(asked_on=today)
        worker.press("Save this source").look("Sources of information")
    worker.press("Add a source").look("Add a source").choose(kind="health")
    worker.type(not_asked_because="The family does not agree").press("Save this source")
    worker.look("Sources of information").press("Remind them School, college or education service: Duty desk")
    worker.reads("No mail address of this agency is known")
    for number in range(3):
        worker.page.get_by_role("button", name="Record the answer").or_(
            worker.page.get_by_role("link", name="Record the answer")
        ).first.click()
        if number == 0:
            worker.look("What became of it")
        worker.choose(answer="received").day(answered_on=today).press("Save").reads("Answer received")


def _screens(worker: Desk, base: str) -> None:
    worker.open(base + "/screens/alcohol").look("alcohol")
    worker.choose(**{f"q{n}": "0" for n in range(1, 11)}).press("Save the answers").reads("0 of 40")
    worker.open(base + "/screens/speech").look("speech").type(not_done_reason="Too tired today")
    worker.press("Save the answers").reads("Not done: Too tired today")
    worker.open(base + "/screens/exploitation").look("exploitation")
    keys = ("missing", "gifts", "older", "travel", "debt", "phones", "drugs", "harm")
    worker.choose(**dict.fromkeys(keys, "no")).press("Save the answers").reads("0 of 8 signs seen")


def _childs_answers(worker: Desk, base: str) -> None:
    worker.open(base + "/child").look("own answers").type(helper="Her brother sits beside her")
    worker.page.set_viewport_size({"width": 820, "height": 1180})
    worker.press("Give the tablet to the child").look("What happened?")
    worker.type(text="I threw it. It was me.").press("Next").look("How do you feel")
    worker.press("I don't know, or I want to skip this").look("Who do you think")
    worker.page.go_back()
    worker.page.go_back()
    worker.page.go_back()
    expect(worker.page.locator("body")).not_to_contain_text("Holloway")
    worker.open(base).look("Thank you").press("I am the worker").look("For the worker")
    worker.type(password=PASSWORD).press("Take the tablet back").look("own answers").reads("It was me.")
    worker.page.set_viewport_size({"width": 1280, "height": 900})


def _judgements(worker: Desk, base: str) -> None:
    for name, title in (("reoffending", "Offending again"), ("safety", "safety"), ("harm", "Serious harm")):
        worker.open(f"{base}/judgements/{name}").look(title)
        worker.choose(level="low").type(why="A single act, regretted at once.").press("Save and continue")
    worker.look("Write the assessment")


def _plan(worker: Desk, base: str, today: date) -> None:
    worker.open(base + "/plans").look("Other plans").choose(social_care_open="no").press("Save the answer")
    worker.open(base + "/recommendation").look("Recommendation").choose(
        recommended="youth_conditional_caution"
    )
    worker.type(recommended_why="She admits it and wants to repair the damage.").press("Save and continue")
    worker.look("Proposed steps").press("Propose a step").look("Propose a step")
    worker.type(
        what="Write and hand over a letter of apology",
        who="Priya Nair",
        how="She drafts it, we read it together",
        where_at="Keel Street youth centre",
        when_at="Two Wednesdays at 16:00",
        done_when="The letter was handed over",
    )
    worker.choose(purpose="reparation").day(due_on=today + timedelta(days=40))
    worker.press("Save this step").look("Proposed steps")
    worker.open(base + "/contingency").look("If things get worse")
