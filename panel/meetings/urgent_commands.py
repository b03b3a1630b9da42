"""What may be asked about an urgent decision between meetings."""

from pydantic import ValidationInfo, field_validator

from panel.commands import Command, Text, asked, chosen, optional
from workflows.roles import Seat
from workflows.urgent import Answer, Ground


class UrgentDetails(Command):
    """Why it cannot wait, who chairs it, and who is named for every seat of the quorum."""

    ground: Ground = chosen("Why can it not wait?", "Say why it cannot wait for the next meeting")
    reason: Text = asked("Reason", "Give the reason", longest=1000)
    chair_id: int = chosen("Chair", "Choose who chairs the decision")
    yot_manager: int = chosen("YOT manager", "Name the YOT manager")
    police: int = chosen("Police", "Name the police officer")
    victim_worker: int = chosen("Victim worker", "Name the victim worker")

    @field_validator("police", "victim_worker")
    @classmethod
    def _another_person(cls, value: int, info: ValidationInfo) -> int:
        if value in [info.data.get(seat.value) for seat in Seat]:
            raise ValueError("must be another person: nobody sits in two seats")
        return value

    @property
    def seats(self) -> dict[Seat, int]:
        """Who sits where."""
        return {
            Seat.YOT_MANAGER: self.yot_manager,
            Seat.POLICE: self.police,
            Seat.VICTIM_WORKER: self.victim_worker,
        }


class Ratifying(Command):
    """What the meeting says of an urgent decision."""

    answer: Answer = chosen("What does the panel say?", "Choose what the panel says")
    reason: Text = optional("Reason", longest=2000)

    @field_validator("reason")
    @classmethod
    def _why_again(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("answer") is Answer.REOPENED and not value.strip():
            raise ValueError("must be given when the decision is opened again")
        return value
