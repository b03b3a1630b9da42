"""What may be told about signing a disposal: of each person whether they signed, refused or could not."""

from pydantic import Field, ValidationInfo, field_validator

from panel.commands import Command, Text, asked, chosen, optional
from workflows.vocabulary import Answer, Signer

# How the fields of each person begin.
PREFIX = {
    Signer.CHILD: "child",
    Signer.ADULT: "adult",
    Signer.OFFICER: "officer",
    Signer.CASE_MANAGER: "manager",
}
DID = "Did they sign?"
WHY = "If not: what happened, and why?"


class HandOver(Command):
    """Which papers the family took with them, by their numbers on the case."""

    papers: frozenset[int] = chosen(
        "Which of these did you hand over?", "Tick what the family took with them", min_length=1
    )


class Sign(Command):
    """Who signed, by name, and of everybody else why not; the drawings or the scan are checked apart."""

    child_name: Text = asked("Name of the child", "Enter the name of the child", longest=160)
    child_how: Answer = chosen(DID, "Say whether the child signed", default=Answer.SIGNED)
    child_why: Text = optional(WHY, longest=300)
    adult_name: Text = optional("Name of the appropriate adult", longest=160)
    adult_how: Answer = chosen(DID, "Say whether the appropriate adult signed", default=Answer.SIGNED)
    adult_why: Text = optional(WHY, longest=300)
    officer_name: Text = asked("Name of the officer", "Enter the name of the officer", longest=160)
    officer_how: Answer = chosen(DID, "Say whether the officer signed", default=Answer.SIGNED)
    officer_why: Text = optional(WHY, longest=300)
    manager_name: Text = optional("Name of the case manager", longest=160)
    manager_how: Answer = chosen(DID, "Say whether the case manager signed", default=Answer.SIGNED)
    manager_why: Text = optional(WHY, longest=300)
    consented: bool = Field(default=False, title="The child agrees")

    @field_validator("child_why", "adult_why", "officer_why", "manager_why")
    @classmethod
    def _reason(cls, value: str, info: ValidationInfo) -> str:
        who = str(info.field_name).removesuffix("_why")
        how = info.data.get(f"{who}_how", Answer.SIGNED)
        if how is not Answer.SIGNED and not value:
            raise ValueError("is missing: say what happened, and why they did not sign")
        return value if how is not Answer.SIGNED else ""

    def name_of(self, signer: Signer) -> str:
        """The name that was typed beside a signature."""
        return str(getattr(self, f"{PREFIX[signer]}_name"))

    def answer_of(self, signer: Signer) -> Answer:
        """What somebody did when asked to sign."""
        return Answer(getattr(self, f"{PREFIX[signer]}_how"))

    def why_of(self, signer: Signer) -> str:
        """Why somebody did not sign."""
        return str(getattr(self, f"{PREFIX[signer]}_why"))
