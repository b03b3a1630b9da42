"""What a liaison and diversion worker may write down."""

from typing import Annotated

from pydantic import AfterValidator

from panel.commands import Command, Day, Text, asked, chosen, not_future, optional
from workflows.keeping import Way
from workflows.liaison import Result

PastDay = Annotated[Day, AfterValidator(not_future)]


class Dated(Command):
    """Something that was done on a day."""

    happened_on: PastDay = chosen("On which day?", "Enter the day on which it happened")


class Attempt(Dated):
    """An attempt to reach the child."""

    way: Way = chosen("How did you try?", "Say how you tried")
    reached: bool = chosen("Did you reach them?", "Say whether you reached them", validate_default=True)
    said: Text = asked("What was said, or what happened?", "Say what was said or happened", longest=2000)


class Assess(Dated):
    """A short assessment of needs."""

    needs: dict[str, str]
    said: Text = asked("What did you learn?", "Say what you learned", longest=4000)
    worry: bool = chosen(
        "Is there anything that makes you worry about the child's safety?",
        "Say whether anything makes you worry about the child's safety",
        validate_default=True,
    )
    agrees: bool = chosen(
        "Do they agree to work with you?", "Say whether they agree to work with you", validate_default=True
    )


class Offer(Dated):
    """Help that is offered."""

    said: Text = asked("What do you offer?", "Say what you offer", longest=1000)
    who: Text = asked("Who does it?", "Say who does it", longest=200)
    where_at: Text = asked("Where?", "Say where", longest=200)
    when_at: Text = asked("When?", "Say when", longest=200)


class Finish(Dated):
    """How the work ended."""

    result: Result = chosen("How did it end?", "Say how it ended")
    passed_to: Text = optional("If they were passed on, to which service and person?", longest=200)
    said: Text = asked("What should the YOT know?", "Say what the YOT should know", longest=2000)
