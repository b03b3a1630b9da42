"""What may be said about a decision that is recorded."""

from typing import Annotated

from pydantic import AfterValidator

from panel.commands import Command, Day, Text, asked, chosen, not_future, optional
from workflows.ruling import Authority, Place

PastDay = Annotated[Day, AfterValidator(not_future)]


class Correct(Command):
    """A slip: the old words as they stand, the new words, and how one knows."""

    place: Place = chosen("Where is the slip?", "Choose where the slip is")
    before: Text = asked("The words as they stand", "Copy the words that are wrong", longest=2000)
    after: Text = asked("The words as they should be", "Enter the words as they should be", longest=2000)
    reason: Text = asked("How do you know?", "Say how you know that it is a slip", longest=1000)


class WithReason(Command):
    """An act that needs its reason."""

    reason: Text = asked("Reason", "Give a reason", longest=2000)


class Concern(Command):
    """A concern about a decision that was given."""

    text: Text = asked("What is your concern?", "Say what your concern is", longest=4000)
    passed_to: Text = asked(
        "Whom have you told?", "Say whom in the police, or which lawyer, you have told", longest=200
    )


class Police(Command):
    """What the police decided; the outcomes of the offences are asked one by one."""

    code: Text = asked("Why do the police decide otherwise?", "Choose why the police decide otherwise")
    reason: Text = asked("In their words", "Write down why, in the words of whoever decided", longest=4000)
    name: Text = asked("Who decided?", "Enter the name of the officer or prosecutor who decided", longest=120)
    rank: Text = asked("Rank or post", "Enter their rank or post", longest=60)
    collar: Text = optional("Collar number", longest=20)
    authority: Authority = chosen("By what authority?", "Choose by what authority they decided")
    decided_on: PastDay = chosen("On which day?", "Enter the day on which they decided")
    outcomes: dict[int, str]
    kept: tuple[int, ...] = ()


class Escalate(Command):
    """A split view, taken to somebody senior."""

    to_name: Text = asked("To whom?", "Enter the name of the person who is asked", longest=120)
    to_post: Text = asked("Their rank or post", "Enter their rank or post", longest=120)
    escalated_on: PastDay = chosen("On which day?", "Enter the day on which they were asked")
    text: Text = asked("What are the views?", "Say what the views are and who holds which", longest=4000)


class Answer(Command):
    """What they answered."""

    escalated_on: PastDay = chosen("On which day did they answer?", "Enter the day of the answer")
    text: Text = asked("What did they answer?", "Write down what they answered", longest=4000)


class Information(Command):
    """The Child Information Form, as far as a case does not know it already."""

    looked_after: Text = asked("Looked after, and by whom", "Say whether the child is looked after")
    needs: Text = asked("Needs and vulnerabilities", "Say what needs the child has, or that none are known")
    earlier: Text = asked("Earlier disposals and engagement", "Say what went before, or that nothing did")
    victims: Text = asked("What the police hold of the victim's view", "Say what the police hold, or nothing")
    assessment: Text = asked("What may be shared of the assessment", "Say what may be shared, or nothing")
    why_charge: Text = asked("Why not out of court", "Say why an outcome out of court does not fit")


class Send(Command):
    """To whom the form was sent."""

    sent_to: Text = asked("To whom was it sent?", "Enter to whom it was sent", longest=200)
    sent_on: PastDay = chosen("On which day?", "Enter the day on which it was sent")
    their_reference: Text = asked("Their reference", "Enter the reference of the file", longest=40)
