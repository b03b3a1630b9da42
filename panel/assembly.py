"""Puts the application together: rooms, gates, pages, protections."""

from typing import Any

import structlog
from flask import g, request
from flask_login import LoginManager, current_user

import panel.listeners  # noqa: F401 - rooms that hear of others
from config import joint_policy
from config.settings import Settings
from panel import health, pages, security, troubles, web
from panel.access import require_gates
from panel.accounts import area_views
from panel.accounts import views as accounts
from panel.accounts.sessions import SignedIn, who
from panel.agreed_actions import views as agreed_actions
from panel.alignment import views as alignment
from panel.appointments import views as appointments
from panel.assessments import countersign_views as countersigning
from panel.assessments import pages as assessments
from panel.audits import auditor_views, result_views
from panel.audits import views as audits
from panel.board_pack import views as board_pack
from panel.board_pack import write_views as board_pack_writing
from panel.cases import views as cases
from panel.closing import list_views, said_views
from panel.closing import views as closing
from panel.codes import views as codes
from panel.compliance import check_views, police_rungs, rungs
from panel.compliance import views as compliance
from panel.concerns import views as concerns
from panel.contacts import availability_views, family_views
from panel.contacts import views as contacts
from panel.db import make_engine
from panel.decisions import condition_views, views_before
from panel.decisions import views as decisions
from panel.disposals import views as disposals
from panel.documents.keeping import keep_with
from panel.extracts import views as extracts
from panel.forces import views as forces
from panel.gap import export_views, query_views, work_views
from panel.gap import views as gap
from panel.gates import GATES
from panel.handovers import views as handovers
from panel.home import overview_view
from panel.home import views as home
from panel.incidents import views as incidents
from panel.liaison import views as liaison
from panel.linking import views as linking
from panel.lists import mapping_views as list_mapping
from panel.lists import views as lists
from panel.meetings import agenda_views, change_views, plan_views
from panel.meetings import conflict_views as conflicts
from panel.meetings import reassess_views as reopening
from panel.meetings import urgent_views as urgent
from panel.meetings import views as meetings
from panel.merges import views as merges
from panel.metrics import export_views as metric_files
from panel.metrics import views as metrics
from panel.minutes import views as minutes
from panel.packs import meeting_views as meeting_papers
from panel.packs import views as packs
from panel.placements import views as placements
from panel.plans import agree_views
from panel.plans import change_views as plan_change_views
from panel.plans import views as plans
from panel.police import api
from panel.police import before_views as before_panel
from panel.police import list_views as police_lists
from panel.police import views as police
from panel.quality import mend_views
from panel.quality import views as quality
from panel.ratings import report_views
from panel.ratings import views as ratings
from panel.referrals import admission_views, child_views, papers, return_views, source_views, task_views
from panel.referrals import offence_views as offences
from panel.referrals import views as referrals
from panel.rulings import police_views
from panel.rulings import views as rulings
from panel.scrutiny import learning_views, scrutineer_views
from panel.scrutiny import views as scrutiny
from panel.team import views as team
from panel.telling import mail_views as mails
from panel.telling import views as telling
from panel.variations import table_views
from panel.variations import views as variations
from panel.victims import feedback_views
from panel.victims import views as victims
from panel.web import PanelApp

ROOMS = (
    *(accounts, codes, home, cases, referrals, offences, merges, incidents, victims, concerns, placements),
    *(assessments, countersigning, meetings, conflicts, urgent, reopening, packs, decisions, rulings),
    *(appointments, disposals, plans, contacts, handovers, variations, compliance, closing, liaison),
    *(agreed_actions, minutes, scrutiny, telling, mails),
    ratings,
    *(forces, police, api, before_panel, lists, linking, gap, alignment, audits),
    metrics,
    *(quality, team, extracts),
    board_pack,
)
# Views of a room that are split by verb register themselves on its blueprint.
SPLIT = (
    report_views,
    admission_views,
    agenda_views,
    area_views,
    auditor_views,
    agree_views,
    availability_views,
    board_pack_writing,
    plan_change_views,
    change_views,
    check_views,
    child_views,
    condition_views,
    export_views,
    feedback_views,
    family_views,
    learning_views,
    list_mapping,
    list_views,
    meeting_papers,
    overview_view,
    metric_files,
    mend_views,
    papers,
    plan_views,
    police_lists,
    police_rungs,
    police_views,
    query_views,
    result_views,
    return_views,
    rungs,
    said_views,
    scrutineer_views,
    source_views,
    table_views,
    task_views,
    views_before,
    work_views,
)


def assemble(settings: Settings) -> PanelApp:
    """The application, ready to serve."""
    joint_policy.start()
    app = PanelApp("panel", template_folder=str(pages.TEMPLATES), static_folder="static")
    app.settings, app.gates = settings, GATES
    app.engine = make_engine(settings.database_url)
    keep_with(app.engine, settings.files)
    structlog.configure(
        processors=[structlog.processors.TimeStamper(fmt="iso"), structlog.processors.JSONRenderer()]
    )
    pages.install(app)
    web.install(app)
    security.install(app, settings)
    _install_sign_in(app)
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
    # A token is no cookie: no page elsewhere can make a browser send it.
    app.extensions["csrf"].exempt(api.blueprint)
    health.install(app)
    troubles.install(app)
    require_gates(app.url_map, GATES)
    return app


def _install_sign_in(app: PanelApp) -> None:
    login = LoginManager(app)
    login.session_protection = None

    @login.user_loader  # type: ignore[untyped-decorator]
    def _load(token: str) -> SignedIn | None:
        # A page that asks by itself whether anything is new is nobody at the keyboard.
        person = who(g.db, token, at=g.at, active="live" not in request.args)
        return None if person is None else SignedIn(person, token)

    @app.before_request
    def _gate() -> Any:
        endpoint = request.endpoint
        if endpoint is None or endpoint in web.WITHOUT_SESSION:
            return None
        g.actor = current_user.actor if current_user.is_authenticated else None
        gate = app.gates[endpoint]
        if gate.public:
            return None
        if g.actor is None:
            return troubles.to_sign_in()
        if not gate.lets_in(g.actor.roles, request.method):
            return troubles.plain(403)
        return None
