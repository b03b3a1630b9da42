"""The rules of the house, which speak when they are broken."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.routing import Map, Rule

from config.policy import all_figures
from panel.access import NoGate, require_gates
from panel.gates import GATES
from panel.history.sentences import SENTENCES
from panel.rules import FLOWS
from panel.web import PanelApp
from workflows.roles import Role

TOP = Path(__file__).parent.parent
SOURCES = [p for room in ("panel", "workflows", "config") for p in sorted((TOP / room).rglob("*.py"))]
TEMPLATES = TOP / "templates"
GUARDS = [(flow.name, guard) for flow in FLOWS for guard in flow.guards()]
# What may stand beside the six rooms: kept short on purpose.
TOP_LEVEL = {
    *("panel", "workflows", "templates", "tests", "config", "docs", "wsgi.py", "pyproject.toml"),
    *("README.md", "CONTRIBUTING.md", "Makefile", "package.json", "package-lock.json"),
    *("requirements.in", "requirements.txt", "requirements-dev.in", "requirements-dev.txt"),
    "requirements-uv.txt",
}


def text_of(paths: list[Path]) -> str:
    """The whole source of these files."""
    return "\n".join(path.read_text() for path in paths)


def rendered() -> Iterator[str]:
    """Every template that the code names."""
    for path in SOURCES:
        yield from re.findall(r'"([a-z_/]+\.(?:html|txt|typ))"', path.read_text())


def used_by_templates() -> Iterator[str]:
    """Every template that another template extends or imports."""
    for path in TEMPLATES.rglob("*"):
        if path.is_file():
            yield from re.findall(
                r"""(?:from|extends|include|import) ["']([a-z_/]+\.html)["']""", path.read_text()
            )


def test_the_app_does_not_start_with_a_route_that_has_no_policy_row(sqlite_app: PanelApp) -> None:
    require_gates(sqlite_app.url_map, sqlite_app.gates)
    # A map of its own: the application is shared with other tests.
    more = Map(
        [*(rule.empty() for rule in sqlite_app.url_map.iter_rules()), Rule("/planted", endpoint="planted")]
    )
    with pytest.raises(NoGate, match="planted"):
        require_gates(more, sqlite_app.gates)


def test_the_app_does_not_start_with_a_policy_row_that_has_no_route(sqlite_app: PanelApp) -> None:
    with pytest.raises(NoGate, match="nowhere"):
        require_gates(sqlite_app.url_map, {**GATES, "nowhere": GATES["home.index"]})


def test_an_inspector_and_a_board_member_can_act_on_nothing_but_their_own_sign_in() -> None:
    own = {"accounts.sign_out", "accounts.password", "accounts.mail"}
    audits = {"audits.begin", "audits.part", "audits.finish", "audits.settle"}
    assert {name for name in audits if Role.INSPECTOR in GATES[name].act} == audits
    acting = {name for name, gate in GATES.items() if gate.act & {Role.INSPECTOR, Role.BOARD}}
    assert acting == own | audits, "an inspector also answers the form of a case audit"
    assert not {name for name in audits if Role.BOARD in GATES[name].act}


def test_an_administrator_opens_accounts_and_code_lists_and_never_cases() -> None:
    opened = {name for name, gate in GATES.items() if Role.ADMIN in gate.read | gate.act}
    assert {name.split(".")[0] for name in opened} == {"accounts", "codes", "forces", "home", "mails"}


def test_a_board_member_reaches_no_page_about_a_child() -> None:
    opened = {name for name, gate in GATES.items() if Role.BOARD in gate.read | gate.act}
    aggregates = {"alignment.index", "alignment.changes"}
    aggregates |= {"metrics.index", "metrics.metric", "metrics.how"}
    aggregates |= {
        f"board_pack.{name}" for name in ("index", "view", "version", "printed", "workbook", "asked")
    }
    assert aggregates <= opened
    assert {name.split(".")[0] for name in opened - aggregates} == {"accounts", "home"}


MANAGING = ("alignment", "board_pack", "extracts", "gap", "metrics", "quality", "ratings", "team")
FROM_THE_LIST = ("gap.match", "gap.match_details", "gap.offence", "gap.refer")
MANAGED = {
    "operational officer": (Role.OFFICER, set()),
    "victim worker": (Role.VICTIM_WORKER, set()),
    "case manager": (
        Role.CASE_MANAGER,
        {
            *("gap.listing", "gap.follow_up", "quality.index", "quality.listing"),
            *("quality.review", "quality.undo", "quality.equality"),
        },
    ),
    "liaison worker": (Role.LIAISON, {"gap.listing", "gap.follow_up", *FROM_THE_LIST}),
    "seconded officer": (
        Role.SECONDED,
        {
            *("alignment.index", "alignment.trend", "alignment.changes", "alignment.cases"),
            *("alignment.printed", "gap.index", "gap.trend", "gap.listing", "gap.export", "gap.ask"),
            *("gap.queries_index", "gap.query", "gap.letter", "gap.rows_csv", "gap.answer", *FROM_THE_LIST),
        },
    ),
    "inspector": (
        Role.INSPECTOR,
        {
            *("alignment.index", "alignment.trend", "alignment.changes", "alignment.cases"),
            *("alignment.printed", "board_pack.index", "board_pack.view", "board_pack.version"),
            *("board_pack.printed", "board_pack.workbook", "board_pack.asked", "gap.index", "gap.trend"),
            *("gap.listing", "gap.queries_index", "gap.query", "metrics.index", "metrics.metric"),
            *("metrics.how", "metrics.listing", "metrics.coming", "quality.index", "quality.listing"),
            *("ratings.index", "ratings.elsewhere", "ratings.view", "ratings.read", "ratings.version"),
            *("ratings.draft", "ratings.printed", "ratings.workbook", "team.index", "team.person"),
        },
    ),
}


@pytest.mark.parametrize(("role", "pages"), MANAGED.values(), ids=MANAGED)
def test_what_is_for_managers_opens_to_others_only_where_it_is_said_here(role: Role, pages: set[str]) -> None:
    opened = {name for name, gate in GATES.items() if role in gate.read | gate.act}
    assert {name for name in opened if name.split(".")[0] in MANAGING} == pages


@pytest.mark.parametrize(("flow", "guard"), GUARDS, ids=[f"{flow}-{guard.name}" for flow, guard in GUARDS])
def test_every_guard_has_a_sentence_a_rule_and_a_source(flow: str, guard: object) -> None:
    says, rule, source = guard.says, guard.rule, guard.source  # type: ignore[attr-defined]
    assert says.endswith(".")
    assert says[0].isupper()
    assert re.fullmatch(r"[A-Z0-9]+-[A-Z]?\d+", rule), rule
    assert len(source) > 8


@pytest.mark.parametrize("figure", all_figures(), ids=lambda f: f"{f.key}-{f.since}")
def test_every_policy_figure_has_a_source_and_a_reader(figure: object) -> None:
    key = figure.key  # type: ignore[attr-defined]
    assert figure.source  # type: ignore[attr-defined]
    assert f'"{key}"' in text_of(SOURCES), f"nothing reads the policy figure {key}"


def test_every_rendered_template_exists() -> None:
    missing = {name for name in rendered() if not list(TEMPLATES.rglob(name))}
    assert missing == set()


def test_every_template_is_rendered_or_used_by_another() -> None:
    named = {*rendered(), *used_by_templates()}
    all_of_them = {str(p.relative_to(TEMPLATES)) for p in TEMPLATES.rglob("*") if p.is_file()}
    documents = {name for name in all_of_them if name.endswith(".typ")}
    unused = {name for name in all_of_them - documents if name not in named and Path(name).name not in named}
    assert unused == set()


def test_every_move_and_every_told_act_has_its_sentence() -> None:
    moves = {f"{flow.name}.{name}" for flow in FLOWS for name in flow.move_names()}
    told = {f"case.{verb}" for verb in re.findall(r'tell\(\s*db,\s*referral,\s*"(\w+)"', text_of(SOURCES))}
    noted = set(re.findall(r'note\(\s*db,\s*"([\w.]+)"', text_of(SOURCES)))
    assert (moves | told | noted) - set(SENTENCES) == set()


def test_a_status_is_set_in_one_place_only() -> None:
    setters = {
        str(path.relative_to(TOP))
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Attribute) and target.attr == "status" for target in node.targets)
    }
    assert setters == {"panel/history/record.py"}


def asks_the_time(path: Path) -> bool:
    """Whether a file calls for the present moment itself."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("now", "today", "utcnow")
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("datetime", "date")
        for node in ast.walk(ast.parse(path.read_text()))
    )


def test_only_the_clock_asks_what_time_it_is() -> None:
    assert {str(path.relative_to(TOP)) for path in SOURCES if asks_the_time(path)} == {"panel/clock.py"}


def test_no_file_grows_into_a_giant() -> None:
    written = [p for p in [*SOURCES, *TEMPLATES.rglob("*.html")] if "versions" not in p.parts]
    lengths = {str(p.relative_to(TOP)): len(p.read_text().splitlines()) for p in written}
    assert {name: length for name, length in lengths.items() if length > 300} == {}


def test_no_page_carries_a_script_or_a_style_of_its_own() -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    found = {str(p.relative_to(TOP)) for p in TEMPLATES.rglob("*.html") if inline.search(p.read_text())}
    assert found == set()


def test_lock_files_pin_every_package_with_its_hash_and_name_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (TOP / name).read_text()
        assert "://" not in text
        assert text.count("==") <= text.count("--hash=sha256:")
    assert '"resolved"' not in (TOP / "package-lock.json").read_text()


def test_the_top_of_the_tree_stays_short() -> None:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    kept = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=True).stdout.splitlines()
    top = {name.split("/")[0] for name in kept}
    assert {name for name in top if not name.startswith(".")} <= TOP_LEVEL
