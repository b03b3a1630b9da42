"""The plan on paper, agreed by child and adult: drawn on the screen or signed on paper (3.2.1f)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlmodel import Session, select

from panel.access import Actor
from panel.accounts.models import Area
from panel.documents.models import Document, Kind
from panel.documents.signed import keep_signed
from panel.documents.typst import DEMO_WORDS, pdf
from panel.documents.uploads import CleanFile
from panel.plans import change_commands as c
from panel.plans.content import Content
from panel.plans.drafting import expect_silent
from panel.plans.models import Plan, PlanAgreement, PlanVersion
from panel.plans.versions import content_now, fields_of, first_version, latest_of
from panel.referrals.models import Referral
from panel.referrals.moves import tell
from panel.referrals.queries import child_of, names_of
from workflows.calendar import long_date, today_in_london
from workflows.flow import NotYours, Refusal, Refused
from workflows.plan import OVER, WORKERS, Status

Who = Literal["child", "adult"]
ROLES: dict[Who, str] = {"child": "Child", "adult": "Parent, carer or other adult"}
NOBODY_SIGNED = Refusal(
    "somebody_agrees",
    "Nobody signed. Say why, or ask the child and their adult to sign.",
    "PAN-7",
    "HM Inspectorate of Probation, case audit form, domain 3, 3.2.1f",
    True,
)


@dataclass(frozen=True)
class Agreed:
    """Who signed, with the pictures of the signatures or the scan of the paper."""

    by: frozenset[Who]
    drawings: Mapping[Who, bytes]
    scan: CleanFile | None = None


def plan_pdf(
    db: Session,
    referral: Referral,
    plan: Plan,
    *,
    at: datetime,
    demo: bool,
    names: Mapping[Who, str] | None = None,
    signed: Mapping[Who, bytes] | None = None,
) -> bytes:
    """The version in force as a paper with two places to sign; the pictures where they were drawn.

    Raises `NamesVictim` when it would tell who or where a victim is, as is known by now.
    """
    version, day = latest_of(db, plan.id), today_in_london(at)
    child, worker = child_of(db, referral), names_of(db, [referral.case_manager_id])
    named = {"child": child.name, "adult": "", **(names or {})}
    content: Content = content_now(db, plan)
    marks = [
        {
            "role_words": ROLES[who],
            "name": named[who] or "Name:",
            "signed_on": day if signed and who in signed else None,
            "image_png": list((signed or {}).get(who, b"")),
            "note": "",
        }
        for who in ROLES
    ]
    steps = [_step(row) for row in content["steps"]]
    exits = [{"service": row["service"], "what_for": row["what_for"]} for row in content["exits"]]
    expect_silent(db, referral, content)
    paper = {
        "child_name": child.name,
        "reference": referral.reference,
        "area": db.exec(select(Area.name).where(Area.id == referral.area_id)).one(),
        "worker": worker.get(referral.case_manager_id or 0, ""),
        "number": version.number if version else 1,
        "day": [day.year, day.month, day.day],
        "as_of": day,
        "steps": steps,
        "exits": exits,
        "signatures": marks,
        "demo_words": DEMO_WORDS if demo else "",
    }
    return pdf("plan.typ", paper)


def _step(row: Mapping[str, Any]) -> dict[str, Any]:
    step = fields_of(row)
    said = [
        ("With", step.who),
        ("Where", step.where_at),
        ("When", step.when_at),
        ("How often", step.how_often),
        ("Done when", step.done_when),
    ]
    lines = [list(pair) for pair in said if pair[1]]
    return {"what": step.what, "rows": [*lines, ["Finish by", long_date(step.due_on)]]}


def agree(
    db: Session,
    referral: Referral,
    plan: Plan,
    command: c.Agree,
    signed: Agreed,
    *,
    by: Actor,
    at: datetime,
    demo: bool,
) -> Document:
    """Keep the plan as it was signed; a later version needs a new agreement. Raises `Refused`."""
    if not by.roles_in(referral.area_id) & set(WORKERS):
        raise NotYours("plan.agree")
    if plan.status is not Status.UNDER_WAY:
        raise Refused("plan", "agree", (OVER,))
    if len(signed.by) < len(ROLES) and not command.not_signed.strip():
        raise Refused("plan", "agree", (NOBODY_SIGNED,))
    version = latest_of(db, plan.id) or first_version(db, referral, plan, by=by, at=at)
    names: dict[Who, str] = {"child": command.child_name, "adult": command.adult_name}
    file = signed.scan or CleanFile(
        "application/pdf",
        "pdf",
        plan_pdf(db, referral, plan, at=at, demo=demo, names=names, signed=signed.drawings),
    )
    document = _kept(db, referral, version, file, by=by, at=at)
    db.add(
        PlanAgreement(
            plan_id=plan.id,
            number=version.number,
            child_signed="child" in signed.by,
            adult_signed="adult" in signed.by,
            on_paper=signed.scan is not None,
            document_id=document.id,
            by_id=by.id,
            at=at,
            **command.model_dump(include={"child_name", "adult_name", "not_signed"}),
        )
    )
    who = " and ".join(ROLES[one].lower() for one in ROLES if one in signed.by) or "nobody"
    said = {"number": str(version.number), "signed_by": who}
    tell(db, referral, "agree_plan", by=by, at=at, said=said)
    return document


def _kept(
    db: Session, referral: Referral, version: PlanVersion, file: CleanFile, *, by: Actor, at: datetime
) -> Document:
    return keep_signed(
        db,
        referral_id=referral.id,
        subject=f"plan:{version.plan_id}:{version.number}",
        title=f"Plan, version {version.number}",
        file=file,
        shown_digest=version.digest,
        kind=Kind.PLAN_COPY,
        by=by,
        at=at,
    )
