"""One child's case from the police to the closed file, as the people of the service live it: the manual.

Each step is taken in a browser by the person whose turn it is; axe looks at every page on the way.
"""

import re
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import expect
from sqlmodel import Session, select

from config.countersigning import criteria
from panel.documents.verify import verify as verify_files
from panel.history.verify import verify as verify_history
from panel.notifications.models import Notification, Why
from panel.referrals.models import Referral
from tests.browser.assessing import write_assessment
from tests.browser.conftest import Opener
from tests.browser.desk import Desk
from tests.browser.test_everywhere import fits
from tests.support.browsing import PHONE, Site, axe
from tests.support.papers import small_pdf
from workflows.case import Status

CANARY = "Wilhelmina Ashgrove"


def test_a_referral_walks_from_the_police_to_a_signed_notified_closed_disposal(
    open_window: Opener, site: Site, today: date, tmp_path: Path
) -> None:
    officer = Desk(open_window(), "officer")
    manager = Desk(open_window(), "manager")
    worker = Desk(open_window(), "caseworker")
    victims = Desk(open_window(), "victims")
    seconded = Desk(open_window(viewport={"width": 820, "height": 1180}), "seconded")
    chair = Desk(open_window(viewport={"width": 1440, "height": 900}), "chair")

    # The police officer refers a child.
    officer.look("What needs you").press("Refer a child").look("Who is the child?")
    officer.press("Save and continue").look("Who is the child?").reads("Enter the child's first names")
    officer.type(given_name="Tamsin", surname="Holloway", school="Weirside Academy")
    officer.day(date_of_birth=today - timedelta(days=15 * 365)).choose(gender="female", looked_after="no")
    officer.press("Save and continue").look("How did this case come to us?")
    officer.press("Save and continue").look("Who is the parent or carer?")
    known = officer.page.url
    officer.open("/referrals/new").type(given_name="Tamzin", surname="Holloway", school="Weirside Academy")
    officer.day(date_of_birth=today - timedelta(days=15 * 365)).choose(gender="female", looked_after="no")
    officer.press("Save and continue").look("Is it this child?").reads("Very likely the same child")
    officer.press("Continue").look("Is it this child?").reads("Say whether it is one of these children")
    officer.page.get_by_label("It is the same child as 1: Tamsin Holloway").check()
    officer.press("Continue").look("Which details are right?").choose(given_name="keep")
    officer.press("Start the referral for this child").look("How did this case come to us?")
    officer.open(known).look("Who is the parent or carer?")
    officer.type(name="Petra Holloway", phone="01632 960055").choose(relationship="mother")
    officer.press("Save and go to all pages").look("Referral of Tamsin Holloway").reads("3 of 8 pages done")
    officer.follow("Offences").look("Offences")
    officer.press("Add an offence").look("Find the offence").type(q="flying saucer").press("Search")
    officer.look("Find the offence").reads("Nothing found").type(q="criminal damage").press("Search")
    officer.look("Find the offence").reads("1 found").follow("Criminal damage").look("Criminal damage")
    officer.type(location="Keel Street", crime_reference="1326001234").press("Add this offence")
    officer.look("Criminal damage").reads("Crime reference must have 11 digits")
    officer.type(crime_reference="13260012345").day(committed_on=today - timedelta(days=9))
    officer.press("Add this offence").look("How serious is this offence?").reads("Its base score")
    officer.choose(aggravating="group", adjustment="1").press("Save the gravity score")
    officer.look("Offences").reads("1 offence so far").reads("which presumes: youth caution")
    officer.press("Continue").look("What happened?")
    officer.type(circumstances="Tamsin threw a stone through the window of a shop after a quarrel.")
    officer.press("Save and continue").look("What did the child say")
    expect(officer.page.locator('main [name="told_collar"]')).to_have_value("4411")
    say_what_the_child_said(officer, today - timedelta(days=8))
    officer.press("Save and continue").look("victim")
    officer.choose(is_there="yes").press("Save and continue").look("Who is the victim?")
    officer.choose(kind="person").type(name=CANARY, phone="01632 960777", speak_with="Edwin Ashgrove")
    officer.tick("under_18").press("Save this victim").look("Victims").reads("1 victim so far")
    officer.press("Continue").look("Police papers")
    officer.choose(kind="interview_record")
    officer.page.set_input_files("main input[type=file]", small_pdf(tmp_path / "Wilhelmina.pdf"))
    officer.press("Add this paper").reads("1 paper so far").press("Continue to check your answers")
    officer.look("Check your answers").reads("Tamsin Holloway").press("Send the referral to the YOT")
    officer.look("Referral sent")
    reference = found_reference(officer)
    officer.reads("a YOT manager accepts it").follow("Print the referral").look("Tamsin Holloway")
    officer.case(reference).look(reference).reads("Waiting for a YOT manager")

    # The manager sends it back; the officer sees what to put right, on which page, and sends it again.
    manager.case(reference).press("Send it back").look("Send this referral back")
    manager.page.get_by_label("What happened is not clear").check()
    manager.type(reason="Was she alone?").press("Send it back").look(reference).reads("sent back")
    officer.open("/").reads("To put right: What happened").follow("Tamsin Holloway")
    officer.look("Referral of Tamsin Holloway").reads("Was she alone?").press("What happened")
    officer.look("What happened?").type(circumstances="Tamsin, alone, threw a stone through a shop window.")
    officer.press("Save and continue").look("Referral of Tamsin Holloway")
    officer.press("Check your answers and send").look("Check your answers").reads("Changed")
    officer.press("Send the referral to the YOT").look("Referral sent again")

    # The YOT manager accepts it and allocates a case manager; the clock is running.
    manager.open("/").look("What needs you").case(reference).look(reference).reads("Your turn")
    manager.reads("What happened is not clear Changed")
    expect(manager.page.get_by_label("Deadlines")).to_contain_text("Assessment due in 10 working days")
    manager.press("Accept the referral").look("Accept this referral").pick(case_manager_id="Priya Nair")
    manager.press("Accept the referral").look(reference).reads("has been accepted")

    # The victim worker asks the victim and clears what the panel may read.
    victims.open("/").look("What needs you").follow("Victims to ask before the panel").look("Victims to ask")
    victims.case(reference).follow("Victims").look("Victims (1)").follow("Victim 1").look("Victim 1")
    victims.follow("Name and contact").look("Name and contact")
    expect(victims.page.locator('main [name="name"]')).to_have_value(CANARY)
    victims.type(safe_ways="By telephone, not after 18:00").press("Save name and contact").look("Victim 1")
    victims.follow("Attempts to reach them").look("Attempts")
    victims.choose(how="telephone", result="reached").press("Add this attempt").reads("1 attempt")
    hear_the_victim(victims)
    victims.follow("What the panel may read").look("What the panel may read")
    victims.type(text=f"{CANARY} would accept a letter and wants the window paid for.")
    victims.press("Clear this for the panel").look("What the panel may read").reads(
        "Leave out a victim's name"
    )
    victims.type(text="They would accept a letter and want the window to be mended.", reparation="A letter.")
    victims.press("Clear this for the panel").look("Victim 1").reads("Completed")

    # The case manager assesses; a manager countersigns.
    worker.case(reference).look(reference).press("Go on with the assessment").look("Write the assessment")
    write_assessment(worker, reference, today)

    # The manager judges criterion by criterion and gives it back; the case manager mends what is named.
    manager.case(reference).follow("Assessment").look("Assessment").press("Read and judge")
    manager.look("Judge the assessment").choose(judged_offending="not_met")
    manager.press("Go on to give it back").look("Judge the assessment").reads("say what is missing")
    manager.type(remark_offending="Say why it came to the quarrel.").press("Go on to give it back")
    manager.look("Give the assessment back").press("Give it back").reads("Choose at least one reason")
    manager.page.locator('main input[value="analysis_thin"]').check()
    manager.type(comment="Please say what led to the quarrel.").press("Give it back").look("Assessment")
    worker.open("/").look("What needs you").reads("Assessments given back to you")
    worker.follow("Tamsin Holloway").look("Assessment").reads("Say why it came to the quarrel.")
    worker.follow("The analysis is too thin").look("Why the offence happened")
    worker.type(text="A quarrel about a broken promise; no planning.").press("Save and continue")
    worker.open(f"/cases/{reference}/assessment/submit").look("Check").press("Submit the assessment")
    worker.look("Assessment")

    # The manager sees what changed since, and countersigns.
    manager.open("/").follow("Assessments to countersign").look("Assessments to countersign")
    manager.follow("Tamsin Holloway").press("Read and judge").look("Judge the assessment")
    manager.reads("What changed since version 1")
    for key in (criterion.key for criterion in criteria()):
        manager.choose(**{f"judged_{key}": "met"})
    manager.press("Go on to countersign").look("Countersign the assessment")
    manager.type(comment="Clear and fair. The school was asked.").press("Countersign it")
    manager.look("Assessment").reads("Version 2, submitted on")
    manager.follow("All versions").look("Versions of the assessment").reads("2 versions")
    manager.follow("Version 2").look("Version 2 of the assessment")

    # The police tell of an event; the manager says that nothing changes.
    seconded.case(reference).look(reference).follow("Record a significant event").look("significant event")
    seconded.choose(kind="police_flag").day(happened_on=today)
    seconded.type(what="Seen with older friends at night.", source="Patrol").press("Record it")
    seconded.look("Safeguarding").choose(answer="already_open").type(reason="The early help worker knows.")
    seconded.press("Save the answer").look("Safety")
    manager.case(reference).look(reference)
    expect(manager.page.get_by_label("Flags")).to_contain_text("Significant event")
    manager.follow("Safety").look("Safety").follow("Say what follows").look("What follows")
    manager.choose(follows="no_change").type(why="Her mother fetched her; the plan covers it.")
    manager.press("Save what follows").look("Safety")
    manager.case(reference).look(reference).reads("Your turn")

    # A meeting is planned for today, and the case is put on it.
    manager.open("/meetings").look("Panel meetings").press("Plan a meeting").look("meeting")
    manager.day(held_on=today).type(starts_at="23:30", location="Keel Street station, room 2")
    manager.pick(chair_id="Alan Pike", yot_manager="Alan Pike", police="Sam Reed", victim_worker="Nadia Khan")
    manager.press("Plan the meeting").look("23:30")
    meeting = manager.page.url
    manager.case(reference).press("Put it on a panel meeting").look("meeting")
    choose_meeting(manager, "23:30")
    manager.press("Put it on the agenda").look(reference)

    # The panel: without a victim worker there is no decision.
    chair.open(meeting).look("23:30").press("Open the meeting")
    chair.look("Who is here?").pick(yot_manager="Alan Pike", police="Sam Reed", victim_worker="Nobody")
    chair.press("Save who is here").reads("ictim worker")
    # The police say what the evidence is enough for; the panel reads what each outcome needs.
    seconded.open(f"/cases/{reference}/panel/before").look("Before the panel decides")
    seconded.follow("Say what the evidence is enough for").look("What is the evidence enough for?")
    seconded.page.locator('main input[value="sufficient_to_charge"]').check()
    seconded.press("Save").look("Before the panel decides").reads("Sufficient evidence to charge")
    chair.open(f"/cases/{reference}/panel/outcomes").look("What the panel may decide").reads("Spent at once.")
    chair.open(f"/cases/{reference}/panel").look("The case in the panel").reads("They would accept a letter")
    take_position(chair, "youth_conditional_caution", "She can repair it.")
    take_position(
        seconded.open(f"/cases/{reference}/panel").look("The case in the panel"),
        "youth_conditional_caution",
        "",
    )
    chair.open(f"/cases/{reference}/panel").press("Write the decision").look("Write the decision")
    chair.page.locator('main input[value="youth_conditional_caution"]').first.check()
    chair.type(
        reasons="A full admission, and she wants to put it right.",
        evidence="Her own account and the broken pane: enough for court.",
    )
    chair.press("Save and check").look("Read the decision aloud").reads("The panel is not complete")
    chair.open(f"{meeting}/attendance").look("here").pick(victim_worker="Nadia Khan").press(
        "Save who is here"
    )
    take_position(
        victims.open(f"/cases/{reference}/panel").look("The case in the panel"),
        "youth_caution",
        "A letter helps.",
    )
    chair.open(f"/cases/{reference}/panel/check").look("Read the decision aloud").reads(
        "Youth conditional caution"
    )
    chair.type(**{"override-fits_gravity": "A plain caution would repair nothing."})
    chair.press("Record the decision").look("What the panel decided").reads("A letter helps.")
    chair.open(meeting).press("Close the meeting").look("23:30")

    # The victim is told of the decision, within the day that enhanced rights give.
    victims.open("/").follow("Victims to tell").look("Victims to tell").reads(reference)
    victims.page.locator("main tr", has_text=reference).get_by_role("link").first.click()
    victims.look("The panel decided: tell them").reads("A full admission, and she wants to put it right.")
    victims.choose(told="yes", how="telephone").day(told_on=today)
    victims.type(what="A caution with conditions, because she admitted it and wants to put it right.")
    victims.press("Write it down").look("Victim 1").reads("Told")

    # The disposal is made, explained, signed by all three, and given.
    seconded.case(reference).press("Give the disposal").look("Youth conditional caution")
    seconded.press("Make the document").look("document")
    seconded.choose(adult="parent_or_guardian", adult_relationship="mother").tick("adult_aged_18")
    seconded.type(
        adult_name="Petra Holloway", child_reasons="You told us what you did, and you want to mend it."
    )
    seconded.press("Make the document").look("What the law asks before it is explained")
    seconded.choose(authority="trained_officer").tick("sufficient")
    seconded.type(
        rank="Constable",
        evidence="Paint on her sleeve, and her own account.",
        decision="It repairs the harm.",
    )
    seconded.press("This is so").look("Who is here").reads("Petra Holloway, with Tamsin")
    seconded.tick("adult_here").choose(case_manager_present="yes")
    seconded.type(explained_place="Keel Street station, room 2").press("Go on").look("A solicitor")
    seconded.choose(advice="declined").press("Go on").look("What you say about it")
    seconded.tick("admitted_again").press("Go on").look("What this is").tick_all("ticked")
    seconded.type(**{"said-what": "It is a caution with two things to do."}).press("Go on")
    seconded.look("Who helps you").tick_all("ticked").press("Back").look("What this is")
    seconded.press("Go on").look("Who helps you").press("Go on").look("What happens if you do not")
    seconded.tick("warned").tick_all("ticked")
    seconded.type(**{"said-failure": "If I do not do it I can go to court."}).press("Go on")
    seconded.look("What is kept").tick_all("ticked")
    seconded.type(**{"said-record": "The police keep it. A shop will not see it by itself."}).press("Go on")
    seconded.look("Other people, advice").tick_all("ticked").press("Go on").look("What you will do")
    seconded.press("Go on").look("How it was explained").type(method="Read aloud in English, with pictures")
    seconded.press("We have explained it").look("Sign here")
    seconded.tick("consented")
    for name in ("child_drawing", "adult_drawing", "officer_drawing", "manager_drawing"):
        seconded.draw(name)
    seconded.press("Keep the signatures").look("Check everything once more")
    seconded.press("Give it now").look("Youth conditional caution").reads("Given")

    # The YOT is told exactly once, and confirms it.
    with Session(site.engine) as db:
        case = db.exec(select(Referral).where(Referral.reference == reference)).one()
        told = db.exec(
            select(Notification).where(
                Notification.referral_id == case.id, Notification.why == Why.DISPOSAL_GIVEN
            )
        ).all()
        assert len({(task.user_id, task.role, task.party) for task in told}) == len(told) == 3
    worker.open("/tasks").look("Tasks").reads(reference)
    worker.case(reference).look(reference).press("Confirm that the YOT knows of this disposal")
    worker.case(reference).look(reference)
    manager.open("/tasks")
    expect(manager.page.locator("main")).not_to_contain_text(reference)

    # The plan is done, the case closed, and the history tells it all.
    worker.follow("Plan").look("Plan").follow("Write down what became of it").look("Write and hand over")
    worker.choose(state="done").day(done_on=today).type(evidence="The letter was handed over today.")
    worker.press("Write it down").look("Plan").press("Close the case").look("Close the case")
    why = dict.fromkeys(
        ("override-has_summary", "override-child_asked", "override-parent_asked"), "The family has moved away"
    )
    end = {"reason": "She did what was agreed. The family was thanked."}
    worker.type(**end, **why).press("Close the case")
    worker.case(reference).look(reference).reads("the case is closed")
    worker.follow("History").look("History")
    for words in (
        "Sent the referral",
        "Accepted the referral",
        "Countersigned",
        "decision",
        "Gave the disposal",
    ):
        worker.reads(words)
    worker.follow("Documents").look("Documents").reads("Signed copy")

    # What must hold afterwards.
    with Session(site.engine) as db:
        assert db.exec(select(Referral).where(Referral.reference == reference)).one().status is Status.CLOSED
    assert verify_history(site.engine) == []
    assert verify_files(site.engine) == []
    for desk in (officer, manager, worker, seconded, chair):
        for tab in ("", "/offence", "/assessment", "/panel", "/disposal", "/plan", "/documents", "/history"):
            desk.page.goto(f"/cases/{reference}{tab}")
            assert CANARY not in desk.page.content(), (desk.key, tab)
    officer.open(f"/cases/{reference}/assessment").look("You cannot use this page")


def say_what_the_child_said(desk: Desk, day: date) -> None:
    """A full admission in an interview, with everything in order."""
    desk.page.locator('main input[name^="answer_"][value="full_admission"]').first.check()
    desk.choose(source="police_interview", adult_present="yes", adult="parent_or_guardian", advice="declined")
    desk.type(adult_name="Petra Holloway").day(said_on=day, advice_on=day)
    desk.choose(defence_raised="no", offered_first="no")


def test_a_manager_takes_a_case_that_the_court_returned_on_a_telephone(
    open_window: Opener, today: date
) -> None:
    manager = Desk(open_window(viewport=PHONE), "manager")
    manager.press("Start a case that came to us another way").look("Who is the child?")
    manager.type(given_name="Rhys", surname="Calder").day(date_of_birth=today - timedelta(days=15 * 365))
    manager.choose(gender="male", looked_after="no").press("Save and continue").look("How did this case")
    manager.choose(source="returned_by_court").press("Save and continue").look("Returned by the youth court")
    manager.press("Save and continue").look("Returned").reads("Enter the charge")
    manager.type(who="Kelder Youth Court", charge="Theft", why="The bench asks for another way.")
    manager.day(source_on=today - timedelta(days=1), source_due_on=today + timedelta(days=21))
    manager.press("Save and go to all pages").look("Referral of Rhys Calder").reads("2 of 8 pages done")
    fits(manager.page)
    reference = manager.page.url.split("/")[-2]
    for page in ("source/details", "offences", "check", "print"):
        manager.open(f"/cases/{reference}/{page}")
        fits(manager.page)
        axe(manager.page)
    manager.case(reference).look(reference).reads("Your turn")
    expect(manager.page.get_by_label("Flags")).to_contain_text("Returned by the youth court")
    expect(manager.page.get_by_label("Deadlines")).to_contain_text("Answer to the court")


def hear_the_victim(desk: Desk) -> None:
    """What the victim says and wants, one page each."""
    desk.follow("Back to the tasks").look("Victim 1").follow("Asked for their view?").look("Asked for")
    desk.choose(view="given").press("Save").look("Victim 1")
    desk.follow("What they say").look("What they say").choose(statement="declined")
    desk.type(own_words=f"{CANARY} said: I sweep up glass in my sleep.").press("Save").look("Victim 1")
    desk.follow("Impact").look("Impact").type(impact="Bad nights.").press("Save").look("Victim 1")
    desk.follow("What they fear").look("What they fear").type(safety="Nothing now.").press("Save").look(
        "Victim 1"
    )
    desk.follow("Restorative justice").look("Restorative justice")
    desk.choose(justice_offered="yes", justice_answer="yes").type(justice_reason="They asked for it.")
    desk.press("Save").look("Victim 1").follow("Wishes").look("Wishes")
    desk.choose(wants_reparation="yes", meeting="letter").type(reparation="A letter.").press("Save")
    desk.look("Victim 1").follow("Being told, and support").look("Being told")
    desk.choose(wants_updates="yes").press("Save").look("Victim 1")


def found_reference(desk: Desk) -> str:
    """The reference that the confirmation page shows."""
    match = re.search(r"NK-[A-Z0-9]{6}", desk.page.locator("main").inner_text())
    assert match is not None
    return match.group()


def choose_meeting(desk: Desk, words: str) -> None:
    """Choose the meeting whose line has these words."""
    desk.page.get_by_label(re.compile(words)).last.check()


def take_position(desk: Desk, outcome: str, why: str) -> None:
    """Say what one thinks."""
    desk.choose(outcome=outcome).type(comment=why).press("Save the position")
    desk.look("The case in the panel")
