"""Rounds of case audits: the round, each case of its sample, and each audit of one auditor."""

from workflows.audit_rules import (
    ALL_AUDITED,
    ALL_MODERATED,
    ALL_SETTLED,
    AUDITORS,
    BOTH_FINISHED,
    COMPLETE,
    DIFFERS,
    ELIGIBLE,
    FORM_READ,
    INDEPENDENT,
    INVITED,
    NOBODY_FREE,
    NOT_AUDITED,
    NOTED,
    PERIOD,
    PLACE_LEFT,
    ROUND_OPEN,
    RUNNING,
    SAYS_WHY,
    SETTLED_FIRST,
    THIRD_PERSON,
    WORDS,
    AuditFacts,
    RoundFacts,
    SampledFacts,
)
from workflows.audit_words import IN_SAMPLE, Answer, AuditStatus, CaseStatus, LeftOut, RoundStatus
from workflows.flow import Flow, Move
from workflows.roles import Role

__all__ = [
    "AUDITED_CASE",
    "AUDITOR_ROLES",
    "AUDIT_ROUND",
    "CASE_AUDIT",
    "IN_SAMPLE",
    "MODERATORS",
    "Answer",
    "AuditFacts",
    "AuditStatus",
    "CaseStatus",
    "LeftOut",
    "RoundFacts",
    "RoundStatus",
    "SampledFacts",
]

MANAGER = (Role.YOT_MANAGER,)
AUDITOR_ROLES = (Role.YOT_MANAGER, Role.INSPECTOR, Role.CASE_MANAGER)
MODERATORS = (Role.YOT_MANAGER, Role.INSPECTOR)
AUDIT_ROUND: Flow[RoundStatus, RoundFacts] = Flow(
    "audit_round",
    RoundStatus,
    RoundStatus.NEW,
    (
        Move(
            "open",
            RoundStatus.NEW,
            RoundStatus.OPEN,
            by=MANAGER,
            guards=(PERIOD, ELIGIBLE, FORM_READ, AUDITORS),
        ),
        Move(
            "finish",
            RoundStatus.OPEN,
            RoundStatus.FINISHED,
            by=MANAGER,
            guards=(ALL_AUDITED, ALL_MODERATED, WORDS),
        ),
        Move("drop", RoundStatus.OPEN, RoundStatus.DROPPED, by=MANAGER, guards=(WORDS,)),
    ),
)
AUDITED_CASE: Flow[CaseStatus, SampledFacts] = Flow(
    "audited_case",
    CaseStatus,
    CaseStatus.DRAWN,
    (
        Move(
            "exclude",
            CaseStatus.DRAWN,
            CaseStatus.EXCLUDED,
            by=MANAGER,
            guards=(RUNNING, NOT_AUDITED, NOBODY_FREE, SAYS_WHY),
        ),
        Move(
            "moderate",
            CaseStatus.DRAWN,
            CaseStatus.MODERATED,
            by=MODERATORS,
            guards=(RUNNING, BOTH_FINISHED, DIFFERS, THIRD_PERSON, ALL_SETTLED, SAYS_WHY),
        ),
        Move(
            "feed_back",
            (CaseStatus.DRAWN, CaseStatus.MODERATED),
            CaseStatus.FED_BACK,
            by=MANAGER,
            guards=(BOTH_FINISHED, SETTLED_FIRST, SAYS_WHY),
        ),
    ),
)
CASE_AUDIT: Flow[AuditStatus, AuditFacts] = Flow(
    "case_audit",
    AuditStatus,
    AuditStatus.NEW,
    (
        Move(
            "begin",
            AuditStatus.NEW,
            AuditStatus.WRITING,
            by=AUDITOR_ROLES,
            guards=(ROUND_OPEN, INVITED, INDEPENDENT, PLACE_LEFT),
        ),
        Move(
            "finish",
            AuditStatus.WRITING,
            AuditStatus.FINISHED,
            by=AUDITOR_ROLES,
            guards=(ROUND_OPEN, INVITED, INDEPENDENT, COMPLETE, NOTED),
        ),
    ),
)
