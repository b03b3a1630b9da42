"""What each notification says: one plain sentence for the page and the mail, with nobody's data in it."""

from panel.notifications.models import Why

WORDS: dict[Why, str] = {
    Why.REFERRAL_SENT: "A referral is waiting to be accepted.",
    Why.REFERRAL_SENT_BACK: "A referral was sent back and needs more work.",
    Why.REFERRAL_ACCEPTED: "A referral was accepted.",
    Why.CASE_ALLOCATED: "A case was given to you to assess.",
    Why.ASSESSMENT_TO_COUNTERSIGN: "An assessment is waiting to be countersigned.",
    Why.ASSESSMENT_GIVEN_BACK: "An assessment was given back and needs more work.",
    Why.CASE_LISTED: "A case is listed for a panel meeting.",
    Why.DISPOSAL_TO_GIVE: "A disposal is waiting to be given.",
    Why.DISPOSAL_GIVEN: "A disposal was given.",
    Why.CASE_DEFERRED: "The panel put a case off to a later meeting.",
    Why.CASE_TO_LIST: "A case that the panel put off is on no agenda.",
    Why.CASE_WITHDRAWN: "A case was withdrawn.",
    Why.CASE_CLOSED: "A case was closed.",
    Why.MERGE_PROPOSED: "Two records may be of one child: a merge waits for a second person.",
    Why.DEADLINE_NEAR: "A deadline is near.",
    Why.DEADLINE_TODAY: "A deadline is today.",
    Why.DEADLINE_LATE: "A deadline has passed.",
    Why.SIGNIFICANT_EVENT: "A significant event was recorded: say what follows from it.",
    Why.SECOND_READING: "An assessment was drawn for you to read a second time.",
    Why.ASSESSMENT_REOPENED: "An assessment was opened again: its countersignature is void.",
    Why.CASE_OFF_AGENDA: "A case left the agenda because its assessment is written again.",
    Why.CASE_TAKEN_OFF: "A case was taken off the agenda of a panel meeting.",
    Why.ADMISSION_CHANGED: "What a child is recorded to have said was changed: read it again.",
    Why.REFERRAL_REJECTED: "A referral was turned down.",
    Why.VICTIM_TO_TELL: "A victim has to be told of a decision.",
    Why.PAPERS_TO_READ: "Papers of a case for the panel wait to be read.",
    Why.RULING_TO_CONFIRM: "A decision is to be corrected or rescinded: a second person has to answer.",
    Why.DECISION_RESCINDED: "A decision was rescinded: the case waits for a panel again.",
    Why.POLICE_DECIDED: "The police decided otherwise than the panel.",
    Why.DECISION_CONCERN: "Somebody has a concern about a decision that was given.",
    Why.ACTION_AGREED: "The panel agreed an action for you.",
    Why.SCRUTINY_TO_DO: "Cases are waiting for your independent scrutiny.",
    Why.SCRUTINY_LEARNING: "Independent scrutiny looked at a decision: read what is learned.",
    Why.CONFLICT_DECLARED: "A panel member declared a conflict in a case: say who acts instead.",
    Why.URGENT_DECISION: "An urgent decision waits for your position.",
    Why.DECISION_TO_RATIFY: "An urgent decision has to be confirmed by the next meeting.",
    Why.DECISION_REOPENED: "A meeting opened an urgent decision again: see to it that it is heard again.",
    Why.CONDITIONS_VARIED: "The conditions of a caution were varied: read the new ones.",
}


def sentence(why: Why, about: str = "") -> str:
    """What a task says: 'A deadline is near: Assessment due.'"""
    return f"{WORDS[why][:-1]}: {about}." if about else WORDS[why]
