"""Where one can go from every page, and what stands together on the page about how we are doing."""

from dataclasses import dataclass

from workflows.action import HOLDERS
from workflows.police import KEEPERS
from workflows.roles import Role

MANAGER, INSPECTOR, BOARD = Role.YOT_MANAGER, Role.INSPECTOR, Role.BOARD
SECONDED, CASE_MANAGER = Role.SECONDED, Role.CASE_MANAGER
PANEL = frozenset({MANAGER, SECONDED, Role.VICTIM_WORKER, INSPECTOR, CASE_MANAGER})


@dataclass(frozen=True)
class Way:
    """A link to a page, who is offered it, and in the overview what one finds there."""

    text: str
    endpoint: str
    roles: frozenset[Role]
    hint: str = ""


OVERSIGHT: tuple[tuple[str, tuple[Way, ...]], ...] = (
    (
        "What we were not told",
        (
            Way(
                "The gap",
                "gap.index",
                frozenset({MANAGER, SECONDED, INSPECTOR}),
                "What the police gave and nobody told us of, and the children behind it",
            ),
            Way(
                "Joint policy",
                "alignment.index",
                frozenset({MANAGER, SECONDED, INSPECTOR, BOARD}),
                "Ours and the force's beside each other, and what fell between",
            ),
            Way(
                "Police lists",
                "lists.index",
                frozenset({MANAGER, SECONDED}),
                "Bring in what the force sends",
            ),
            Way(
                "Is it the same?",
                "linking.index",
                frozenset({*KEEPERS}),
                "Pairs of records that a person has to look at",
            ),
        ),
    ),
    (
        "What an inspector would find",
        (
            Way(
                "Metrics",
                "metrics.index",
                frozenset({MANAGER, INSPECTOR, BOARD}),
                "Each question of the inspection in numbers, with the cases behind it",
            ),
            Way(
                "Case audits",
                "audits.index",
                frozenset({MANAGER, INSPECTOR, CASE_MANAGER}),
                "A sample drawn as an inspection draws it, and judged by colleagues",
            ),
            Way(
                "Self-inspection",
                "ratings.index",
                frozenset({MANAGER, INSPECTOR}),
                "The rating that follows, how sure it is, and the report",
            ),
            Way(
                "Scrutiny",
                "scrutiny.index",
                frozenset({MANAGER, INSPECTOR}),
                "What independent people found in cases drawn by lot",
            ),
        ),
    ),
    (
        "The board",
        (
            Way(
                "Board packs",
                "board_pack.index",
                frozenset({MANAGER, BOARD, INSPECTOR}),
                "What changed, what needs a decision, what was done",
            ),
        ),
    ),
    (
        "The team and its records",
        (
            Way("Team", "team.index", frozenset({MANAGER, INSPECTOR}), "Deadlines, drift and load"),
            Way(
                "Data quality",
                "quality.index",
                frozenset({MANAGER, CASE_MANAGER, INSPECTOR}),
                "What is missing, contradictory or impossible, and who can mend it",
            ),
            Way(
                "Recorded twice",
                "merges.index",
                frozenset({MANAGER, SECONDED}),
                "Two records that may be one child",
            ),
            Way(
                "Extracts",
                "extracts.index",
                frozenset({MANAGER}),
                "Files of cases in the national fields",
            ),
        ),
    ),
)


def overseers() -> frozenset[Role]:
    """Whoever is offered anything of the overview."""
    return frozenset(role for _, ways in OVERSIGHT for way in ways for role in way.roles)


NAV: tuple[Way, ...] = (
    Way("Home", "home.index", frozenset(Role)),
    Way(
        "Cases",
        "cases.index",
        frozenset(set(Role) - {Role.BOARD, Role.ADMIN, Role.CHAIR, Role.SCRUTINEER}),
    ),
    Way("Panel meetings", "meetings.index", PANEL),
    Way("Placements", "placements.index", PANEL),
    Way("Actions", "actions.index", frozenset({*HOLDERS, INSPECTOR})),
    Way("How we are doing", "home.overview", overseers()),
    Way("Scrutiny", "scrutiny.samples", frozenset({Role.SCRUTINEER})),
    Way(
        "Police disposals",
        "police.index",
        frozenset({MANAGER, SECONDED, CASE_MANAGER, Role.LIAISON, INSPECTOR}),
    ),
    Way("Notifications", "telling.index", frozenset({MANAGER, INSPECTOR})),
    Way("Tasks", "home.tasks", frozenset(set(Role) - {Role.ADMIN, INSPECTOR, Role.CHAIR})),
    Way("Accounts", "accounts.index", frozenset({Role.ADMIN})),
    Way("Police forces", "forces.index", frozenset({Role.ADMIN})),
    Way("Mails", "mails.index", frozenset({Role.ADMIN})),
    Way("Code lists", "codes.index", frozenset({Role.ADMIN})),
)
# In which room of the overview one is, so that its way stays marked.
BELOW = frozenset(way.endpoint.split(".")[0] for _, ways in OVERSIGHT for way in ways)
