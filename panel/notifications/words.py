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
    Why.ADMISSION_CHANGED: "What a child is recorded to have said was changed: read it again.",
    Why.REFERRAL_REJECTED: "A referral was turned down.",
    Why.VICTIM_TO_TELL: "A victim has to be told of a decision.",
}


def sentence(why: Why, about: str = "") -> str:
    """What a task says: 'A deadline is near: Assessment due.'"""
    return f"{WORDS[why][:-1]}: {about}." if about else WORDS[why]
