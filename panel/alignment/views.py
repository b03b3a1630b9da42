"""The pages of the two policies: side by side, in figures, what changed, and the sheet to print."""

from typing import Any, cast

from flask import Blueprint, Response, current_app, request, url_for

from config.joint_policy import Side
from panel.accounts.models import Area
from panel.alignment import chart, figures, paper, queries, shown
from panel.errors import Missing
from panel.history.operations import Operation
from panel.history.record import log_access
from panel.pages import page
from panel.police.queries import police_chain
from panel.request import actor, at, db, today
from panel.request import page as here
from panel.web import PanelApp
from workflows.police import POLICE_OUTCOMES
from workflows.policy_conflict import Verdict, conflicts
from workflows.quarters import Quarter
from workflows.roles import Role
from workflows.vocabulary import Outcome, words

blueprint = Blueprint("alignment", __name__)
PAGE = 25
LISTS = {
    "all": "Disposals",
    figures.WITHOUT: "Cautions of which nothing shows that the YOT was consulted",
    figures.UNSAID: "Cautions of which nobody told whether the YOT was asked",
    figures.DECIDED: "Decided by the panel before they were given",
    figures.EXCEPTION: "Exceptions to the joint policy",
} | {verdict.value: words(verdict) for verdict in Verdict}


@blueprint.get("/joint-policy")
def index() -> Any:
    """Both policies beside each other, the conflicts, and what fell between."""
    areas, area, quarter, counts = _chosen()
    joint, force = figures.Judge(area.code, today=today()).at(min(quarter.last, today()))
    return page(
        "alignment/index.html",
        **_frame(areas, area, quarter),
        joint=joint,
        force=force,
        outcomes=shown.outcome_rows(joint, force),
        offences=shown.offences(joint, force),
        conflicts=shown.conflict_rows(conflicts(joint, force)),
        figures=_figures(area, quarter) if counts else None,
    )


def _figures(area: Area, quarter: Quarter) -> dict[str, Any]:
    """What is counted, for whoever may open the cases behind it."""
    _, counted = _counted(area, quarter)
    href, trend_rows = _href(area, quarter), shown.between(counted)
    return {
        "trend": _trend_rows(trend_rows, area),
        "chosen": trend_rows[-1]["share"],
        "verdicts": [words(verdict) for verdict in Verdict],
        "rows": shown.verdict_rows(counted, href),
        "measures": shown.measures(counted.chosen, href),
        "exceptions": shown.exception_rows(_exceptions(area, quarter), href),
    }


@blueprint.get("/joint-policy/trend.svg")
def trend() -> Any:
    """The trend of eight quarters as a picture."""
    _, area, quarter, _ = _chosen()
    _, counted = _counted(area, quarter)
    drawn = chart.trend_svg(shown.bars(shown.between(counted)))
    return Response(drawn, mimetype="image/svg+xml")


@blueprint.get("/joint-policy/changes")
def changes() -> Any:
    """Every version of both policies, and what each of them changed."""
    areas, area, quarter, _ = _chosen()
    return page(
        "alignment/changes.html",
        **_frame(areas, area, quarter),
        sides=[shown.history(side, figures.in_order(side, area.code)) for side in Side],
    )


@blueprint.get("/joint-policy/cases")
def cases() -> Any:
    """The disposals behind one number."""
    _, area, quarter, _ = _chosen()
    what, code = request.args.get("what", Verdict.BETWEEN.value), request.args.get("code", "")
    named = request.args.get("outcome", "")
    if what not in LISTS or named not in ("", *(o.value for o in POLICE_OUTCOMES)):
        raise Missing()
    outcome = Outcome(named) if named else None
    found = queries.lines(db(), area.id, quarter.first, quarter.last)
    if what == figures.EXCEPTION and code:
        found = [line for line in found if line.exception == code]
    judged = figures.Judge(area.code, today=today())
    ids = figures.behind(found, what, outcome, judged)
    rest = _after(ids, request.args.get("after", ""))
    more = len(rest) > PAGE
    rows = queries.rows_of(db(), rest[:PAGE])
    for row in rows:
        chain = police_chain(row.disposal.id)
        log_access(db(), Operation.CONSULTATION, chain, by=actor(), at=at(), page=here())
    href = _href(area, quarter)
    return page(
        "alignment/cases.html",
        title=LISTS[what],
        about=f"{words(outcome)}. " if outcome else "",
        reason=shown.reason_words(code) if code else "",
        quarter=quarter,
        area=area,
        count=len(ids),
        rows=rows,
        next_href=href(what=what, outcome=named, code=code, after=str(rest[PAGE - 1])) if more else None,
    )


@blueprint.get("/joint-policy.pdf")
def printed() -> Any:
    """One page for the chief officer and the YOT."""
    _, area, quarter, _ = _chosen()
    judged, counted = _counted(area, quarter)
    joint, force = judged.at(min(quarter.last, today()))
    demo = cast(PanelApp, current_app).settings.demo
    data = paper.paper_pdf(paper.paper_of(area.name, counted, joint, force), day=today(), demo=demo)
    response = Response(data, mimetype="application/pdf")
    name = f"joint-policy-{area.code}-{quarter.key}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _chosen() -> tuple[list[Area], Area, Quarter, bool]:
    """The reader's areas, the one that is asked for, the quarter, and whether figures are for the reader."""
    full = queries.areas_of(db(), actor(), *queries.READERS)
    areas = full or queries.areas_of(db(), actor(), Role.BOARD)
    wanted = request.args.get("area", "")
    found = [area for area in areas if wanted in ("", area.code)]
    text = request.args.get("quarter", "")
    now = Quarter.of(today())
    quarter = Quarter.read(text) if text else now
    # The figures go back as far as the trend does, and there is no policy before the first one.
    if not found or quarter is None or not Quarter(2015, 2) <= quarter <= now:
        raise Missing()
    return areas, found[0], quarter, bool(full)


def _counted(area: Area, quarter: Quarter) -> tuple[figures.Judge, figures.Figures]:
    judged = figures.Judge(area.code, today=today())
    found = queries.cells(db(), area.id, figures.span_of(quarter, area.code, today=today()))
    return judged, figures.figures(found, quarter, judged)


def _exceptions(area: Area, quarter: Quarter) -> dict[str, int]:
    return queries.exceptions(db(), area.id, quarter.first, quarter.last)


def _href(area: Area, quarter: Quarter) -> shown.Href:
    def href(**more: str) -> str:
        asked: dict[str, Any] = {name: value for name, value in more.items() if value}
        return url_for("alignment.cases", area=area.code, quarter=quarter.key, **asked)

    return href


def _trend_rows(rows: list[dict[str, Any]], area: Area) -> list[dict[str, Any]]:
    def opens(quarter: Quarter, count: int) -> str:
        return _href(area, quarter)(what=Verdict.BETWEEN.value) if count else ""

    return [
        {"words": row["words"], "says": row["share"].says, "href": opens(row["quarter"], row["share"].count)}
        for row in rows
    ]


def _frame(areas: list[Area], area: Area, quarter: Quarter) -> dict[str, Any]:
    """What every page of the room needs to go to another area or quarter."""
    now = Quarter.of(today())
    endpoint = request.endpoint or ""
    return {
        "area": area,
        "quarter": quarter,
        "unfinished": quarter == now,
        "earlier": url_for(endpoint, area=area.code, quarter=quarter.moved(-1).key)
        if quarter > Quarter(2015, 2)
        else "",
        "later": url_for(endpoint, area=area.code, quarter=quarter.moved(1).key) if quarter < now else "",
        "others": [
            {"text": one.name, "href": url_for(endpoint, area=one.code, quarter=quarter.key)}
            for one in areas
            if one.id != area.id
        ],
    }


def _after(ids: list[int], last: str) -> list[int]:
    """What comes after the row that was shown last; all of it for one that is no longer there."""
    wanted = int(last) if last.isascii() and last.isdigit() and len(last) < 19 else 0
    return ids[ids.index(wanted) + 1 :] if wanted in ids else ids
