"""The rules of signing a disposal and of the signed copy, each with its sentence and its source."""

from workflows.disposal_rules import CDA, DisposalGuard
from workflows.vocabulary import DEFERRED_OUTCOMES, Outcome, Signer

CONSENTS = DisposalGuard(
    "consents",
    lambda f: f.outcome is not Outcome.YCC or f.consented,
    "A youth conditional caution needs the child's consent.",
    "YCC-R5",
    f"{CDA} s.66B(6)(c)",
    where="disposal",
)
AGREES = DisposalGuard(
    "agrees",
    lambda f: f.outcome not in (Outcome.CR, *DEFERRED_OUTCOMES) or f.consented,
    "A community resolution or a deferred decision needs the child's agreement to what will be done.",
    "CR-1",
    "NPCC community resolution guidance",
    hard=False,
    where="disposal",
)
CHILD_SIGNED = DisposalGuard(
    "child_signed",
    lambda f: f.outcome is not Outcome.YCC or Signer.CHILD in f.signed_by,
    "The child must sign the document of a youth conditional caution.",
    "YCC-R5",
    f"{CDA} s.66B(6)",
    where="disposal",
)
ALL_SIGNED = DisposalGuard(
    "all_signed",
    lambda f: not f.needs_signing or f.should_sign <= f.signed_by,
    "The child, the appropriate adult and the officer should all sign, and the case manager when it is given "
    "together.",
    "YC-9",
    "Youth Cautions: guidance for police and youth offending teams, 2013",
    hard=False,
    where="disposal",
)
NO_GAP = DisposalGuard(
    "no_gap",
    lambda f: not f.needs_signing or f.asked_to_sign <= f.signed_by | f.did_not_sign,
    "Somebody neither signed nor is recorded as refusing or not being able to: say which, with the reason.",
    "YC-9",
    "HM Inspectorate of Probation, Bradford inspection, January 2020: no signed disposal on the case system",
    where="disposal",
)
SAME_DOCUMENT = DisposalGuard(
    "same_document",
    lambda f: f.signed_document_is_shown_document,
    "The document is not the one that was explained: explain and sign the new one.",
    "EXP-3",
    "R (Stratton) v Thames Valley Police [2013] EWHC 1561 (Admin)",
    where="disposal",
)
SIGNED_COPY = DisposalGuard(
    "signed_copy",
    lambda f: f.outcome is not Outcome.YCC or f.signed_copy_kept,
    "The signed copy is not on the case, or it was altered.",
    "YCC-R5",
    f"{CDA} ss.66B(6), 66E(2)",
    where="disposal",
)
SIGNED_COPY_EXPECTED = DisposalGuard(
    "signed_copy_expected",
    lambda f: f.outcome is Outcome.YCC or not f.needs_signing or f.signed_copy_kept,
    "The signed copy is not on the case, or it was altered.",
    "YC-9",
    "HM Inspectorate of Probation, Bradford inspection, January 2020",
    hard=False,
    where="disposal",
)
