"""The forms of the sign page: drawn on the screen, or on paper with a scan."""

from collections.abc import Collection
from typing import Any

from wtforms import HiddenField

from panel.disposals.sign_commands import PREFIX, Sign
from panel.forms import PanelForm, file, one_of, short, tick
from workflows.vocabulary import Answer, Outcome, Signer

AGREES = {
    Outcome.YCC: "The child consents to being given this youth conditional caution",
    Outcome.CR: "The child agrees to take part",
    Outcome.O22: "The child agrees to take part",
    Outcome.O22_DEFERRED: "The child agrees to the plan",
    Outcome.O23: "The child agrees to the plan",
}


class Drawing(HiddenField):  # type: ignore[misc]
    """A signature as the pad posts it; the signature box writes its own input."""

    @staticmethod
    def widget(_field: Any, **_kwargs: Any) -> str:
        """Nothing: see `components/signature.html`."""
        return ""


class SignaturesForm(PanelForm):
    """Names beside the signatures, and of each person whether they signed."""

    consented = tick(Sign, "consented")
    child_name = short(Sign, "child_name")
    child_how = one_of(Sign, "child_how", Answer)
    child_why = short(Sign, "child_why")
    adult_name = short(Sign, "adult_name")
    adult_how = one_of(Sign, "adult_how", Answer)
    adult_why = short(Sign, "adult_why")
    officer_name = short(Sign, "officer_name")
    officer_how = one_of(Sign, "officer_how", Answer)
    officer_why = short(Sign, "officer_why")
    manager_name = short(Sign, "manager_name")
    manager_how = one_of(Sign, "manager_how", Answer)
    manager_why = short(Sign, "manager_why")

    def fit(self, outcome: Outcome, signers: Collection[Signer]) -> None:
        """Leave out what this outcome does not ask, and whoever is not here to sign."""
        if outcome in AGREES:
            self.consented.label.text = AGREES[outcome]
        else:
            del self.consented
        for signer, who in PREFIX.items():
            if signer not in signers:
                for name in [name for name in self._fields if name.startswith(f"{who}_")]:
                    del self[name]


class SignForm(SignaturesForm):
    """Signatures drawn on the screen."""

    child_drawing = Drawing("The child's signature")
    adult_drawing = Drawing("The appropriate adult's signature")
    officer_drawing = Drawing("The officer's signature")
    manager_drawing = Drawing("The case manager's signature")


class SignOnPaperForm(SignaturesForm):
    """A scan or photo of the signed paper."""

    scan = file(
        "Scan or photo of the signed paper", "PDF, JPEG or PNG, up to 25 MB. Every page must be on it."
    )
