"""What the pages of police disposals ask beside what was told."""

from pydantic import Field

from panel.commands import Command, Text, asked, chosen


class Where(Command):
    """For which area it is told, and that a birthday outside of 10 to 17 is no slip."""

    area_id: int = chosen("Area", "Choose the area in which the child lives")
    age_checked: bool = Field(default=False, title="The date of birth is right: tell the YOT all the same")


class Purpose(Command):
    """For what the force gets the list of children with an open case."""

    area_id: int = chosen("Area", "Choose the area")
    recipient: Text = asked("Who gets the list?", "Enter who gets the list", longest=80)
    purpose: Text = asked("For what do they need it?", "Say for what they need the list", longest=200)
