"""The access policy: one row for each route. What is not here cannot be reached; the app does not start."""

from panel.access import Gate
from workflows.roles import POLICE, REFERRERS, Role

PUBLIC = Gate(public=True, once=False)
ANYONE = frozenset(set(Role) - {Role.CHAIR})
# Whoever may open a case at all; which cases is decided by `referrals.queries.scope`.
CASE_READERS = frozenset(
    {
        Role.OFFICER,
        Role.SECONDED,
        Role.CASE_MANAGER,
        Role.YOT_MANAGER,
        Role.VICTIM_WORKER,
        Role.LIAISON,
        Role.INSPECTOR,
    }
)
# Whoever looks after records of children: proposes a merge, or says that two children are two.
KEEPERS = frozenset({Role.YOT_MANAGER, Role.SECONDED})
PANEL = frozenset({Role.YOT_MANAGER, Role.SECONDED, Role.VICTIM_WORKER})
# Papers about the child's life: not for the operational officer, nor before there is a decision to act on.
WELFARE_READERS = frozenset(
    {Role.SECONDED, Role.CASE_MANAGER, Role.YOT_MANAGER, Role.VICTIM_WORKER, Role.INSPECTOR}
)


def reads(roles: frozenset[Role]) -> Gate:
    """A page that nobody can act on."""
    return Gate(read=roles)


def acts(*roles: Role) -> Gate:
    """A form: who may see it may send it."""
    return Gate(read=frozenset(roles), act=frozenset(roles))


def posts(*roles: Role) -> Gate:
    """A button without a page of its own."""
    return Gate(act=frozenset(roles))


MANAGER, CASE_MANAGER = Role.YOT_MANAGER, Role.CASE_MANAGER

GATES: dict[str, Gate] = {
    "static": PUBLIC,
    "healthz": PUBLIC,
    "readyz": PUBLIC,
    "accounts.sign_in": PUBLIC,
    "accounts.sign_out": Gate(act=ANYONE, once=False),
    "accounts.password": acts(*ANYONE),
    "accounts.index": reads(frozenset({Role.ADMIN})),
    "accounts.add": acts(Role.ADMIN),
    "accounts.change": acts(Role.ADMIN),
    "accounts.end": posts(Role.ADMIN),
    "codes.index": reads(frozenset({Role.ADMIN})),
    "codes.download": reads(frozenset({Role.ADMIN})),
    "codes.blank": reads(frozenset({Role.ADMIN})),
    "codes.load": acts(Role.ADMIN),
    "codes.confirm": acts(Role.ADMIN),
    "home.index": reads(ANYONE),
    "home.tasks": reads(ANYONE),
    "home.accessibility": PUBLIC,
    "cases.index": reads(CASE_READERS),
    "cases.overview": reads(CASE_READERS),
    "cases.offence": reads(CASE_READERS),
    "cases.documents": reads(CASE_READERS),
    "cases.document": reads(CASE_READERS),
    "cases.history": reads(CASE_READERS),
    "referrals.start": acts(*REFERRERS),
    "referrals.match": acts(*REFERRERS),
    "referrals.match_details": acts(*REFERRERS),
    "referrals.child": acts(*REFERRERS),
    "referrals.source": acts(*REFERRERS),
    "referrals.source_details": acts(*REFERRERS),
    "referrals.tasks": reads(frozenset(REFERRERS)),
    "referrals.confirm": acts(*REFERRERS),
    "referrals.printed": reads(CASE_READERS),
    "referrals.carer": acts(*REFERRERS),
    "offences.index": reads(frozenset(REFERRERS)),
    "offences.find": reads(frozenset(REFERRERS)),
    "offences.add": acts(*REFERRERS),
    "offences.change": acts(*REFERRERS),
    "offences.gravity": acts(*REFERRERS),
    "offences.remove": posts(*REFERRERS),
    "referrals.circumstances": acts(*REFERRERS),
    "referrals.admission": acts(*REFERRERS),
    "referrals.papers": acts(*REFERRERS),
    "referrals.remove_paper": acts(*REFERRERS),
    "referrals.check": acts(*REFERRERS),
    "referrals.sent": reads(frozenset(REFERRERS)),
    "referrals.withdraw": acts(*REFERRERS),
    "referrals.accept": acts(MANAGER),
    "referrals.send_back": acts(MANAGER),
    "referrals.reject": acts(MANAGER),
    "merges.index": reads(KEEPERS),
    "merges.find": posts(*KEEPERS),
    "merges.compare": acts(*KEEPERS),
    "merges.apart": posts(*KEEPERS),
    "merges.view": reads(KEEPERS),
    "merges.confirm": posts(MANAGER),
    "merges.decline": acts(MANAGER),
    "merges.undo": acts(MANAGER),
    "incidents.another": acts(*REFERRERS),
    "incidents.match": acts(*REFERRERS),
    "incidents.match_details": acts(*REFERRERS),
    "incidents.copy": acts(*REFERRERS),
    "incidents.link": acts(*REFERRERS, CASE_MANAGER),
    "incidents.unlink": acts(*REFERRERS, CASE_MANAGER),
    "victims.tell": acts(*REFERRERS),
    "victims.tell_add": acts(*REFERRERS),
    "victims.tell_one": acts(*REFERRERS),
    "victims.tell_remove": posts(*REFERRERS),
    "victims.view": reads(frozenset({Role.VICTIM_WORKER})),
    "victims.person": reads(frozenset({Role.VICTIM_WORKER})),
    "victims.add": acts(Role.VICTIM_WORKER),
    "victims.contact": acts(Role.VICTIM_WORKER),
    "victims.attempts": acts(Role.VICTIM_WORKER),
    "victims.asked": acts(Role.VICTIM_WORKER),
    "victims.part": acts(Role.VICTIM_WORKER),
    "victims.clear": acts(Role.VICTIM_WORKER),
    "victims.consents": acts(Role.VICTIM_WORKER),
    "victims.take_back": posts(Role.VICTIM_WORKER),
    "victims.objects": acts(Role.VICTIM_WORKER),
    "victims.told": acts(Role.VICTIM_WORKER),
    "victims.to_tell": reads(frozenset({Role.VICTIM_WORKER})),
    "victims.to_ask": reads(frozenset({Role.VICTIM_WORKER})),
    "assessments.view": reads(WELFARE_READERS),
    "assessments.write": reads(frozenset({CASE_MANAGER})),
    "assessments.section": acts(CASE_MANAGER),
    "assessments.judgement": acts(CASE_MANAGER),
    "assessments.recommendation": acts(CASE_MANAGER),
    "assessments.contingency": acts(CASE_MANAGER),
    "assessments.statement": acts(CASE_MANAGER),
    "assessments.remove_statement": posts(CASE_MANAGER),
    "assessments.screen": acts(CASE_MANAGER),
    "assessments.plans": acts(CASE_MANAGER),
    "assessments.plan": acts(CASE_MANAGER),
    "assessments.remove_plan": posts(CASE_MANAGER),
    "assessments.assetplus": acts(CASE_MANAGER),
    "assessments.sources": reads(frozenset({CASE_MANAGER})),
    "assessments.source": acts(CASE_MANAGER),
    "assessments.answer": acts(CASE_MANAGER),
    "assessments.chase": posts(CASE_MANAGER),
    "assessments.agencies": reads(frozenset({MANAGER})),
    "assessments.agency": acts(MANAGER),
    "assessments.child": acts(CASE_MANAGER),
    "assessments.question": acts(CASE_MANAGER),
    "assessments.finished": reads(frozenset({CASE_MANAGER})),
    "assessments.resume": acts(CASE_MANAGER),
    "assessments.steps": reads(frozenset({CASE_MANAGER})),
    "assessments.step": acts(CASE_MANAGER),
    "assessments.move_step": posts(CASE_MANAGER),
    "assessments.remove_step": posts(CASE_MANAGER),
    "assessments.submit": acts(CASE_MANAGER),
    "countersigning.index": reads(frozenset({MANAGER, Role.INSPECTOR})),
    "countersigning.judge": acts(MANAGER),
    "countersigning.sign": acts(MANAGER),
    "countersigning.give_back": acts(MANAGER),
    "countersigning.second_reading": acts(MANAGER),
    "countersigning.consistency": reads(frozenset({MANAGER, Role.INSPECTOR})),
    "countersigning.versions": reads(WELFARE_READERS),
    "countersigning.version": reads(WELFARE_READERS),
    "reopening.reopen": acts(CASE_MANAGER, MANAGER),
    "reopening.follow": acts(CASE_MANAGER, MANAGER),
    "concerns.index": reads(WELFARE_READERS),
    "concerns.record": acts(*POLICE, CASE_MANAGER, MANAGER, Role.VICTIM_WORKER),
    "concerns.safeguarding": acts(*POLICE, CASE_MANAGER, MANAGER, Role.VICTIM_WORKER),
    "concerns.reply": acts(CASE_MANAGER, MANAGER),
    "concerns.waiting": reads(frozenset({CASE_MANAGER, MANAGER, Role.INSPECTOR})),
    "meetings.index": reads(PANEL | {Role.INSPECTOR, Role.CASE_MANAGER}),
    "meetings.add": acts(MANAGER),
    "meetings.view": reads(PANEL | {Role.INSPECTOR, Role.CASE_MANAGER}),
    "meetings.open": posts(MANAGER),
    "meetings.close": posts(MANAGER),
    "meetings.cancel": acts(MANAGER),
    "meetings.attendance": acts(MANAGER),
    "meetings.put_on": acts(MANAGER),
    "decisions.view": reads(PANEL | {Role.INSPECTOR, Role.CASE_MANAGER}),
    "decisions.position": posts(*PANEL),
    "decisions.draft": acts(MANAGER),
    "decisions.condition": acts(MANAGER),
    "decisions.remove_condition": posts(MANAGER),
    "decisions.check": acts(MANAGER),
    "decisions.defer": acts(MANAGER),
    "decisions.before": reads(PANEL | {Role.INSPECTOR, Role.CASE_MANAGER, Role.OFFICER}),
    "decisions.evidence": acts(*POLICE),
    "decisions.review": acts(MANAGER),
    "decisions.charge_form": acts(*POLICE),
    "decisions.outcomes": reads(PANEL | {Role.INSPECTOR, Role.CASE_MANAGER}),
    "disposals.view": reads(CASE_READERS),
    "disposals.prepare": acts(*POLICE),
    "disposals.explain": acts(*POLICE),
    "disposals.sign": acts(*POLICE),
    "disposals.give": acts(*POLICE),
    "disposals.lapse": acts(*POLICE),
    "plans.acknowledge": posts(CASE_MANAGER, MANAGER, Role.LIAISON),
    "plans.view": reads(WELFARE_READERS | {Role.LIAISON}),
    "plans.step": acts(CASE_MANAGER, MANAGER),
    "plans.close": acts(CASE_MANAGER, MANAGER),
}
