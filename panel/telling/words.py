"""What became of a notification and of its mail, in words."""

from datetime import date

from panel.notifications.dispatch_models import Channel, Sends, Stage, Trouble
from panel.notifications.models import Mail, Party
from panel.telling.queries import Show, Told
from workflows.calendar import clock_words, day_date
from workflows.roles import ROLE_WORDS

PARTY_WORDS = {
    Party.DUTY: "Duty mailbox of the YOT",
    Party.SOCIAL_CARE: "Children's social care, duty address",
}
MAIL_WORDS = {
    Mail.QUEUED: "Mail waits to go out",
    Mail.SENT: "Mail sent",
    Mail.DELIVERED: "Mail delivered",
    Mail.UNCERTAIN: "Uncertain: nobody knows whether the mail arrived",
    Mail.FAILED: "The mail did not arrive",
    Mail.NOT_NEEDED: "No mail of its own",
}
SHOW_WORDS = {
    Show.ALL: "All",
    Show.OPEN: "Not acknowledged",
    Show.LATE: "Late",
    Show.FAILED: "Mail did not arrive",
}
SENDS_WORDS = {
    Sends.TASK: "Notification",
    Sends.LETTER: "Reminder to an agency",
    Sends.DIGEST: "Mail of the day",
    Sends.INVITATION: "Invitation to a panel meeting",
    Sends.WEEK: "Mail of the week",
}
CHANNEL_WORDS = {Channel.SMTP: "Mail server", Channel.NOTIFY: "GOV.UK Notify"}
TROUBLE_WORDS = {
    Trouble.AWAY: "The mail server could not be reached for half a day",
    Trouble.BUSY: "The mail server was busy for half a day",
    Trouble.SHUT: "The mail server did not let the service in",
    Trouble.REFUSED: "The mail server refused the address for good",
    Trouble.NOBODY: "There was nobody to send it to",
    Trouble.NOT_DELIVERED: "GOV.UK Notify could not deliver it",
    Trouble.BROKEN_OFF: "The connection or the worker broke off while it was handed over",
}


def whom(told: Told) -> str:
    """Who was told: a person by name, or a role, or an address of the area."""
    if told.row.party is not None:
        return PARTY_WORDS[told.row.party]
    if told.row.role is not None:
        return f"{ROLE_WORDS[told.row.role]}s"
    return told.person or "Somebody"


def state(told: Told, today: date) -> dict[str, str]:
    """Whether it was acknowledged, by whom and when, or what it still waits for."""
    row = told.row
    if told.read_by and told.read_at:
        return {"text": f"Acknowledged by {told.read_by}", "hint": clock_words(told.read_at)}
    if row.done_at is not None:
        return {"text": f"Dealt with by {told.done_by or 'the calendar'}", "hint": clock_words(row.done_at)}
    if row.acknowledge_by is not None:
        late = today > row.acknowledge_by
        hint = f"{'Was due' if late else 'Due'} by {day_date(row.acknowledge_by)}{_passed(told)}"
        text, tag = ("Late", "red") if late else ("Not acknowledged", "yellow")
        return {"text": text, "tag": tag, "hint": hint}
    return {"text": "Open", "hint": "No acknowledgement is asked for"}


def _passed(told: Told) -> str:
    steps = ("passed on to the managers", "to the head of service")
    said = [f"{words} on {clock_words(at)}" for words, at in zip(steps, told.escalated, strict=False)]
    return f"; {', '.join(said)}" if said else ""


def mail(told: Told) -> dict[str, str]:
    """How far the mail came."""
    row = told.row
    tag = {Mail.FAILED: "red", Mail.UNCERTAIN: "orange"}.get(row.mail, "")
    hint = clock_words(row.sent_at) if row.sent_at else ""
    if row.mail is Mail.UNCERTAIN:
        return {"text": "Uncertain", "tag": tag, "hint": "Nobody knows whether the mail arrived"}
    return {"text": MAIL_WORDS[row.mail], "tag": tag, "hint": hint}


def dead_state(stage: Stage) -> str:
    """Why a mail stands on the list of those that did not arrive."""
    return "Uncertain" if stage is Stage.UNCERTAIN else "Did not arrive"
