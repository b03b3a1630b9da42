"""The page on which a disposal is signed: on the screen, or on paper with a scan."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import redirect, request, url_for

from panel.disposals import actions, signing, standing
from panel.disposals.complaints import complain_about
from panel.disposals.frame import blueprint, case, checked, frame, issuer, shown
from panel.disposals.models import Disposal
from panel.disposals.paper import signers_of
from panel.disposals.queries import disposal_for, officer_of, user_name
from panel.disposals.sign_commands import PREFIX, Sign
from panel.disposals.sign_forms import SignForm, SignOnPaperForm
from panel.documents.refused import UploadRefused
from panel.errors import Missing
from panel.forms import PanelForm, overrides_from
from panel.pages import page
from panel.plans.signed_forms import drawn as signatures_in
from panel.plans.signed_forms import scanned as scanned_paper
from panel.referrals.models import Referral
from panel.referrals.queries import child_of
from panel.request import actor, at, db
from workflows.disposal import DISPOSAL, Status
from workflows.flow import Refused
from workflows.vocabulary import SIGNED_OUTCOMES, Answer, Outcome, Signer, words

HEADINGS = {
    Signer.CHILD: "Sign here with your finger",
    Signer.ADULT: "The adult with you signs here",
    Signer.OFFICER: "The officer signs here",
    Signer.CASE_MANAGER: "The case manager signs here",
}
NOT_DRAWN = (
    "There is no signature in the box of {who}: sign in it, or say that they refused or were not able to"
)
DRAWN_TOO = "There is a signature in the box of {who}: clear it, or say that they signed"
MUST = (
    "Without the child's signature a youth conditional caution cannot be given. Stop here, and do not press."
)


@blueprint.route("/cases/<reference>/disposal/sign", methods=["GET", "POST"])
def sign(reference: str) -> Any:
    """Sign it: on the screen, or on paper with a scan."""
    referral = case(reference, lock=True)
    disposal = disposal_for(db(), referral)
    if disposal.outcome not in SIGNED_OUTCOMES:
        raise Missing()
    on_paper = request.args.get("how") == "paper"
    form = _sign_form(referral, disposal, on_paper)
    if command := form.read(Sign):
        checked(referral, form)
        if _signed(referral, form, command, on_paper):
            return redirect(url_for("disposals.give", reference=reference), 303)
    facts = actions.now(db(), referral, disposal, at())
    refusals = DISPOSAL.refusals("sign", disposal.status, facts)
    unexplained = disposal.status is Status.PREPARED
    before = standing.SEEN_BEFORE if unexplained else standing.SEEN_BEFORE | {"wrong_state"}
    known = tuple(r for r in refusals if r.name in before)
    return page(
        "disposals/sign.html",
        form=form,
        on_paper=on_paper,
        unexplained=unexplained,
        people=people(signers_of(disposal), _names(referral, disposal)),
        witness=actor().name,
        must=MUST if disposal.outcome is Outcome.YCC else "",
        refusals=shown(known),
        **frame(referral, disposal),
    )


def _signed(referral: Referral, form: PanelForm, command: Sign, on_paper: bool) -> bool:
    """Whether the signatures were kept; otherwise a sentence stands at the field that is wrong."""
    try:
        signed = scanned(form, command) if on_paper else drawn(form, command)
        if signed is None:
            return False
        overrides = overrides_from(request.form)
        signing.sign(db(), referral, command, signed, issuer(), by=actor(), at=at(), overrides=overrides)
    except UploadRefused as no:  # a PDF to which no seal can be added
        form.complain("scan", no.sentence)
        return False
    except Refused as no:
        complain_about(form, no)
        return False
    return True


def people(signers: Iterable[Signer], names: Mapping[Signer, str]) -> list[dict[str, str]]:
    """Everybody who is asked to sign, as the page shows them."""
    return [
        {
            "prefix": PREFIX[signer],
            "heading": HEADINGS[signer],
            "role": words(signer),
            "name": names[signer],
            "signer": signer.value,
        }
        for signer in signers
    ]


def _names(referral: Referral, disposal: Disposal) -> Mapping[Signer, str]:
    officer = officer_of(db(), disposal)
    return {
        Signer.CHILD: child_of(db(), referral).name,
        Signer.ADULT: disposal.adult_name,
        Signer.OFFICER: officer.name if officer else "",
        Signer.CASE_MANAGER: user_name(db(), referral.case_manager_id),
    }


def _sign_form(referral: Referral, disposal: Disposal, on_paper: bool) -> Any:
    return sign_form(referral, disposal, _names(referral, disposal), on_paper)


def sign_form(referral: Referral, disposal: Disposal, names: Mapping[Signer, str], on_paper: bool) -> Any:
    """The form for everybody who has to sign this document."""
    typed = {f"{PREFIX[signer]}_name": name for signer, name in names.items()}
    # On paper nobody has seen them sign but the officer, who therefore says it of each of them.
    signed = {} if on_paper else {f"{who}_how": Answer.SIGNED.value for who in PREFIX.values()}
    form = (SignOnPaperForm if on_paper else SignForm)(version=referral.version, **typed, **signed)
    form.fit(disposal.outcome, signers_of(disposal))
    return form


def drawn(form: PanelForm, command: Sign) -> signing.Signed | None:
    """The signatures that were drawn, or None with a sentence at each that is missing or cannot be used."""
    boxes = {signer: who for signer, who in PREFIX.items() if f"{who}_drawing" in form}
    for signer, who in list(boxes.items()):
        signs = command.answer_of(signer) is Answer.SIGNED
        if bool(form[f"{who}_drawing"].data) != signs:
            says = NOT_DRAWN if signs else DRAWN_TOO
            form.complain(f"{who}_how", says.format(who=words(signer).lower()))
            del boxes[signer]
    drawings = signatures_in(form, boxes)
    return None if drawings is None else signing.Signed(frozenset(drawings), drawings)


def scanned(form: PanelForm, command: Sign) -> signing.Signed | None:
    """The signed paper with the word of the officer on who signed it, or None with a sentence at the file."""
    scan = scanned_paper(form)
    if scan is None:
        return None
    here = {signer for signer, who in PREFIX.items() if f"{who}_how" in form}
    return signing.Signed(frozenset(s for s in here if command.answer_of(s) is Answer.SIGNED), {}, scan)
