"""What may be asked about conflicts of interest and about acting for somebody in one case."""

from pydantic import Field, model_validator

from panel.commands import Command, Text, asked, chosen
from workflows.conflict import ConflictKind
from workflows.roles import Seat


class Declaration(Command):
    """A conflict of interest; without `user_id` it is one's own."""

    kind: ConflictKind = chosen("What is the conflict?", "Say what the conflict is")
    text: Text = asked("In a few words", "Say in a few words what the conflict is", longest=500)
    user_id: int | None = Field(default=None, title="Whose conflict is it?")


class Lifting(Command):
    """Why a conflict is lifted."""

    reason: Text = asked("Reason", "Say why this is not a conflict", longest=1000)


class StandingIn(Command):
    """Who acts in one case; 0 is nobody, and for the chair: whoever chairs the meeting."""

    chair_id: int | None = Field(default=None, title="Who chairs this case?")
    yot_manager: int | None = Field(default=None, title="YOT manager")
    police: int | None = Field(default=None, title="Police")
    victim_worker: int | None = Field(default=None, title="Victim worker")

    @model_validator(mode="after")
    def _different_people(self) -> "StandingIn":
        seated = [number for number in (self.yot_manager, self.police, self.victim_worker) if number]
        if len(seated) > len(set(seated)):
            raise ValueError("Choose different people: nobody sits in two seats")
        return self

    @property
    def named(self) -> dict[Seat | None, int]:
        """What was answered, by seat, None for the chair."""
        given: dict[Seat | None, int | None] = {seat: getattr(self, seat.value) for seat in Seat}
        return {
            seat: number for seat, number in (given | {None: self.chair_id}).items() if number is not None
        }
