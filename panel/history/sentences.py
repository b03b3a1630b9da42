"""Events as sentences: what a reader of the timeline sees for each verb."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from panel.history.models import Event
from panel.history.sentences_audits import OF_AUDITS
from panel.history.sentences_police import OF_THE_POLICE
from panel.history.sentences_quality import OF_QUALITY
from panel.history.sentences_ratings import OF_RATINGS
from workflows.calendar import clock_words

SENTENCES: dict[str, str] = {
    **OF_RATINGS,
    "case.start": "Started the referral",
    "case.child": "Changed the child's details",
    "case.child_elsewhere": "Changed the child's details on another case of the same child",
    "case.known_child": "Said that the child is known here already; cases before this one: {count}",
    "case.told_apart": "Said that the child is another one than the similar children shown: {count}",
    "case.merge": "Confirmed that two records were of this one child, and merged them: {reason}",
    "case.unmerge": "Took the merge of two records of a child back: {reason}",
    "case.link_case": "Linked this case with another child's case of the same incident",
    "case.unlink_case": "Took the link between children's cases away: {reason}",
    "case.copy_incident": "Copied from the linked case: {what}",
    "merge.propose": "Proposed to merge two records of a child: {reason}",
    "merge.confirm": "Confirmed the merge",
    "merge.decline": "Declined the merge: {reason}",
    "merge.tell_apart": "Said that two records are of two children",
    "merge.undo": "Took the merge back: {reason}",
    "gap.export": "Exported the figures of the gap with {count} rows: {reason}",
    "metrics.export": "Exported {what} with {count} rows: {reason}",
    "case.carer": "Changed the parent's or carer's details",
    "case.add_offence": "Added the offence: {offence}",
    "case.change_offence": "Changed the offence: {offence}",
    "case.gravity": "Gave the gravity score {score} for: {offence} ({matrix})",
    "case.remove_offence": "Removed the offence: {offence}",
    "case.circumstances": "Wrote down what happened",
    "case.admission": "Recorded what the child said: {after} (before: {before})",
    "case.origin": "Said how the case came to us: {source}",
    "admission.record": "Recorded what the child said: {after} (before: {before})",
    "admission.change": "Changed what the child is recorded to have said: {after} (before: {before}). "
    "Source: {source}. Reason: {reason}",
    "case.confirm": "Confirmed that nothing has to change for: {asked}. {reason}",
    "case.reject": "Turned the case down: {reason}",
    "case.victim": "Answered whether there is a victim",
    "case.victim_view": "Recorded where asking a victim stands",
    "case.victim_record": "Wrote in the record of a victim",
    "case.victim_attempt": "Wrote down an attempt to reach a victim",
    "case.victim_clear": "Cleared what the panel may read of a victim",
    "case.victim_consent": "Recorded what a victim agrees to",
    "case.victim_objects": "Recorded that a victim objects to contact: their record is hidden",
    "case.victim_letter": "Made a letter to a victim",
    "case.victim_told": "Recorded what became of telling a victim of a decision",
    "case.add_paper": "Added the paper: {paper}",
    "case.remove_paper": "Removed the paper: {paper}. Reason: {reason}",
    "case.police_gave": "The police gave it without the panel: {outcome}, on {day}. {code}: {reason}",
    "case.submit": "Sent the referral to the YOT",
    "case.send_back": "Sent the referral back: {reason}",
    "case.accept": "Accepted the referral and gave it to {case_manager} to assess",
    "case.assessment": "Wrote in the assessment",
    "case.source": "Wrote down who was asked about the child",
    "case.chase": "Reminded somebody who was asked: {agency}",
    "case.hand_over": "Gave the child the tablet for their own answers",
    "case.take_back": "Took the tablet back from the child",
    "case.save_step": "Wrote a proposed step",
    "case.remove_step": "Removed a proposed step",
    "assessment.submit": "Submitted the assessment to the YOT managers",
    "assessment.countersign": "Countersigned the assessment",
    "assessment.give_back": "Gave the assessment back with a comment",
    "assessment.reopen": "Opened the assessment again, so that its countersignature is void: {reason}",
    "case.reassess": "The child is assessed again: {reason}",
    "case.judge": "Wrote down how the criteria of the assessment are met",
    "case.second_reading": "Read the assessment a second time and judged it",
    "case.record_event": "Recorded a significant event: {kind}",
    "case.follow_event": "Said what follows from a significant event ({kind}): {follows}",
    "case.safeguard": "Answered whether children's social care was told: {answer}",
    "case.safeguarding_reply": "Wrote down what children's social care answered",
    "case.assess": "The case is ready for the panel",
    "case.take_off": "Took the case off the panel of {meeting}: {reason}",
    # What the position is stays out: while the panel speaks, not everybody may read it yet.
    "case.position": "Took the position of {member} for the seat of {seat}",
    "case.conflict": "{person} has a conflict of interest and takes no part in the case",
    "case.lift_conflict": "Proposed that {person} has no conflict of interest",
    "case.conflict_lifted": "Confirmed that {person} has no conflict of interest",
    "case.ratify": "Said what the meeting thinks of the urgent decision: {answer}. Reason: {reason}",
    "meeting.urgent": "Called named people together for an urgent decision. {ground}",
    "case.stand_in": "Said who acts in this case: {who}",
    "case.see_evidence": "Said what the evidence is enough for: {offence}. {evidence}",
    "case.senior_review": "Reviewed the case before the panel",
    "case.charge_form": "Gave the reference of the Child Information Form",
    "case.list": "Put the case on the panel of {meeting}",
    "case.publish_papers": "Made version {version} of the papers for the panel: {why} SHA-256 {digest}",
    "case.read_papers": "Said that they have read version {version} of the papers for the panel",
    "case.decide": "Recorded the panel's decision: {outcome}",
    "case.record_decision": "Wrote the record of decision {number}; thought otherwise: {dissent}",
    "case.rescind": "The decision {number} was rescinded by two people: {reason}",
    "rescission.propose": "Asked to rescind the decision {number}: {reason}",
    "rescission.confirm": "Confirmed that the decision {number} is rescinded",
    "rescission.decline": "Declined to rescind the decision {number}: {reason}",
    "correction.propose": "Asked to correct the record {number}: {place}. {reason}",
    "correction.confirm": "Confirmed the correction of the record {number}: {place}",
    "correction.decline": "Declined the correction of the record {number}: {place}",
    "case.concern_decision": "Recorded a concern about the decision {number}",
    "case.escalate": "Took a split view to {to}",
    "case.answer_escalation": "Wrote down what {to} answered to a split view",
    "case.police_decide": "Recorded that the police decided otherwise than the panel: {outcome} ({code})",
    "case.information": "Filled in the Child Information Form, version {version}",
    "case.send_information": "Sent the Child Information Form to {to}",
    "disposal.withdraw": "Withdrew the document that was being prepared: {reason}",
    "case.defer": "Deferred the case: {reason}",
    "case.prepare_disposal": "Made the document: {document}",
    "case.change_adult": "Changed what is on record for the day; the document stays as it is: {what}",
    "case.authorise_disposal": "Put on record as {rank} that there is evidence for the {outcome} and that it "
    "is right. {exception}",
    "case.wait_for_advice": "The child wants legal advice first, so the explanation waits",
    "disposal.child_withdraws": "The child withdrew from it on {day}: {reason}",
    "case.found_copy": "Added a signed paper that was found later; found by {found_by}",
    "appointment.plan": "Planned when the disposal is given: {when}",
    "appointment.reschedule": "Moved the appointment to {when}: {reason}, asked by {asked_by}",
    "appointment.cancel": "Called the appointment off: {reason}",
    "appointment.keep": "The appointment was kept",
    "case.hand_papers": "Handed over on paper: {papers}",
    "disposal.explain": "Explained the disposal at {place}, {together}; appropriate adult: {adult}",
    "disposal.sign": "Kept the signed copy; signed by {signed_by}",
    "document.keep_signed": "Kept: {title}, {seal}. SHA-256 of what was shown {shown}, of the file {digest}",
    "document.found_altered": "Tried to open a paper, and it is not what was kept: {title}",
    "disposal.give": "Checked once more that everything for giving was in place",
    "disposal.lapse": "Decided that the disposal will not be given: {reason}",
    "case.give": "Gave the disposal: {outcome}",
    "case.acknowledge": "Confirmed for the YOT that it knows of the disposal",
    "plan.start": "Started the plan; steps: {steps}",
    "case.step_done": "Wrote down that a step was done: {step}",
    "case.step_ended": "Wrote down that a step was ended without being done: {step}",
    "case.write_plan_change": "Wrote in a change of the plan",
    "case.drop_plan_change": "Dropped the change of the plan that was being written",
    "case.note_exit": "Wrote down what became of the way into a mainstream service: {service}",
    "case.agree_plan": "Kept the plan, version {number}, as agreed; signed by {signed_by}",
    "plan.revise": "Changed the plan, version {number}: {why} SHA-256 {digest}",
    "plan.vary": "The plan follows the varied conditions, version {number}. SHA-256 {digest}",
    "case.begin_variation": "Began to vary the conditions, version {number} of the caution",
    "case.write_variation": "Wrote in the conditions of version {number} of the caution",
    "case.prepare_variation": "Made the document: {document}",
    "case.see_variation": "Confirmed for the YOT that it knows of the varied conditions",
    "variation.explain": "Explained version {number} of the conditions; appropriate adult: {adult}",
    "variation.sign": "Kept the signed copy of version {number}; signed by {signed_by}",
    "variation.bring": "The varied conditions, version {number}, are in force",
    "variation.withdraw": "Withdrew version {number}: the conditions stay as they were. Reason: {reason}",
    "contact.offer": "Offered appointments: {count}, the first on {first}",
    "contact.reschedule": "Moved an appointment from {before} to {after}",
    "contact.attend": "Wrote down that an appointment was attended: {when}",
    "contact.miss": "Wrote down that an appointment was missed: {when}",
    "contact.excuse": "Wrote down that there was a good reason for missing an appointment: {when}",
    "contact.cancel": "Cancelled an appointment: {when}",
    "case.ask_times": "Wrote down which times do not fit the family",
    "plan.complete": "Completed the plan",
    "plan.end": "Ended the plan",
    "case.close": "Closed the case: {reason}",
    "plan.stop": "Ended the plan, because proceedings were started",
    "case.prosecute": "Closed the case here, because proceedings were started: {reason}",
    "case.missed": "Wrote down that something was missed; matter {number}",
    "case.missed_more": "Wrote down that something more was missed; matter {number}",
    "matter.miss_again": "Wrote down that something more was missed; matter {number}",
    "matter.answer": "Spoke with the child and family about what was missed; matter {number}",
    "matter.warn": "Gave a warning; matter {number}",
    "matter.meet": "Met to find out what stood in the way; matter {number}",
    "matter.settle": "Settled what was missed; matter {number}",
    "matter.allege": "Reported a possible breach to the police; matter {number}",
    "matter.report": "Wrote a report of not taking part; matter {number}",
    "matter.end_voluntary": "Ended it without taking part, as it was voluntary; matter {number}",
    "matter.return": "Returned the case to the police to decide; matter {number}",
    "matter.consider": "Considered the excuse; matter {number}",
    "matter.decide": "Recorded what the police decided about what was not kept; matter {number}",
    "matter.start_proceedings": "Recorded that proceedings were started; matter {number}",
    "liaison.try": "Tried to reach the child for liaison and diversion",
    "liaison.reach": "Reached the child for liaison and diversion",
    "liaison.assess": "Asked about needs for liaison and diversion",
    "liaison.offer": "Offered help",
    "liaison.finish": "Ended the liaison and diversion work: {result}",
    "case.complete": "Recorded that the plan is over, {how}; the police are told",
    "case.completion_seen": "Confirmed for the police that they know that the plan is over",
    "case.release_code": "Released the code 22, because the activity took place",
    "case.closing_summary": "Wrote the closing summary, version {number}",
    "case.feedback": "Wrote down what {who} thinks of it, or that they would rather not say",
    "case.victim_feedback": "Wrote down that a victim was asked what they think of it",
    "case.curfew_check": "Wrote down a check of the curfew: {found}",
    "case.withdraw": "Withdrew the referral: {reason}",
    "case.lapse": "Ended the panel's decision before it was given: {reason}",
    "placement.add": "Put the placement {name} into the register",
    "placement.change": "Changed the placement {name}",
    "meeting.add": "Planned the meeting",
    "outside.add": "Added {name} ({agency}) to the people whom the panel may invite",
    "outside.end": "Ended {name} ({agency}) among the people whom the panel may invite",
    "meeting.change": "Changed the meeting: {what}",
    "meeting.invite": "Changed who is invited: {who}",
    "meeting.replace_chair": "Put {chair} in the chair: {reason}",
    "meeting.reply": "Said: {reply}",
    "meeting.deputy": "Asked the deputy {name} ({seat})",
    "meeting.order": "Changed the order of the agenda",
    "meeting.off": "Took the case {case} off the agenda: {reason}",
    "meeting.put_on": "Put the case {case} on the agenda",
    "meeting.take_off": "Moved the case {case} to another meeting",
    "meeting.leave": "The case {case} left the agenda: its assessment is written again",
    "meeting.open": "Opened the meeting",
    "meeting.conflict": "{person} has a conflict of interest in the case {case}",
    "meeting.attendance": "Said who is here: {here}",
    "meeting.close": "Closed the meeting",
    "meeting.cancel": "Cancelled the meeting: {reason}",
    "action.agree": "Agreed the action {reference}, to be done by {due_on}",
    "action.do": "Did the action {reference}",
    "action.carry": "Carried the action {reference} over to {due_on}",
    "action.drop": "Dropped the action {reference}",
    "minutes.write": "Wrote in the minutes",
    "minutes.confirm": "Confirmed the minutes, version {number}",
    "minutes.change": "Changed the confirmed minutes, version {number}: {reason}",
    "scrutiny.draw": "Drew {drawn} of {decided} decisions for scrutiny, flagged ones among them: {flagged}",
    "scrutiny.begin": "Gave the sample to the scrutineers",
    "scrutiny.finish": "Finished the round of scrutiny",
    "scrutiny.drop": "Dropped the round of scrutiny: {reason}",
    "scrutiny.tie": "Declared a tie to case {number} and takes no part in it",
    "scrutiny.score": "Scored case {number}",
    "sampled.clear": "Cleared the text of case {number}",
    "sampled.exclude": "Left case {number} out of the sample: {reason}",
    "sampled.find": "Wrote down the joint finding on case {number}: {finding}",
    "sampled.feed_back": "Fed the learning on case {number} back to the case",
    "case.scrutiny": "Independent scrutiny looked at the decision; what is learned was fed back",
    "codes.load": "Loaded {name} into the list {list}: {rows} rows, in force from {since}",
    "case.acknowledge_notice": "Acknowledged what was told: {what}",
    "mail.again": "Sent a mail again that had not arrived; case: {reference}",
    "mail.arrived": "Wrote down that an uncertain mail arrived; case: {reference}",
    "account.area": "Changed whom the area tells: {area}",
    "account.mail": "Chose how mails come: {how}",
    "account.add": "Added the account of {person}: {role}",
    "account.change": "Changed the account of {person}: {role}",
    "account.end": "Ended the account of {person}",
    "account.password": "Changed the password of {person}",
    **OF_AUDITS,
} | (OF_THE_POLICE | OF_QUALITY)


@dataclass(frozen=True)
class Told:
    """One event of a timeline."""

    title: str
    by: str
    at_words: str
    at_iso: str
    overrides: tuple[str, ...]
    detail: str | None = None


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "not recorded"


def told(events: Sequence[Event], rules: dict[str, str]) -> list[Told]:
    """The events as a reader sees them; `rules` gives the sentence of each rule that was overridden."""
    return [
        Told(
            SENTENCES[event.verb].format_map(_Blank(event.facts)),
            event.by_words,
            clock_words(event.at),
            event.at.isoformat(timespec="seconds"),
            tuple(
                f"Went on although: {rules.get(name, name)} Reason: {why}"
                for name, why in event.overrides.items()
            ),
        )
        for event in events
    ]


def events_of(db: Session, chain: str, *, limit: int = 500) -> list[Event]:
    """The events of a chain, newest first."""
    return list(
        db.exec(select(Event).where(Event.chain == chain).order_by(col(Event.seq).desc()).limit(limit))
    )
