"""The figures and the two policies as the page shows them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from config.coded import EXCEPTIONS
from config.joint_policy import OUTCOMES, JointPolicy, OutcomeRule, Side, below_the_law
from panel.alignment.chart import Bar
from panel.alignment.figures import DECIDED, EXCEPTION, UNSAID, WITHOUT, Figures, Tally
from workflows.calendar import long_date
from workflows.policy_conflict import (
    Conflict,
    Verdict,
    again_words,
    conflicts,
    panel_words,
    route_words,
    time_words,
)
from workflows.vocabulary import Outcome, words

Href = Callable[..., str]
M3 = (
    "Youth cautions and youth conditional cautions of the quarter of which nothing shows that the YOT was "
    "consulted before they were given, among all of the quarter."
)
M4 = (
    "Disposals of the quarter on which the panel decided before they were given, among all of which the "
    "joint policy asks the YOT or the panel beforehand."
)


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def says(self) -> str:
        """The figure in words."""
        if not self.of:
            return "no disposals"
        return f"{self.count:,} of {self.of:,} ({percent(self.count, self.of)} %)"


def percent(count: int, of: int) -> int:
    """A whole per cent, half rounded up."""
    return (200 * count + of) // (2 * of)


def outcome_rows(joint: JointPolicy, force: JointPolicy) -> list[dict[str, Any]]:
    """Both policies outcome by outcome, with what is in conflict."""
    found = conflicts(joint, force)
    below = {breach.outcome: breach for breach in below_the_law(force)}
    return [
        {
            "outcome": words(Outcome(key)),
            "joint": rule_words(joint.rules[key]),
            "force": rule_words(force.rules[key]),
            "conflicts": [going_on(words(c.kind)) for c in found if c.outcome == Outcome(key)],
            "law": f"{below[key].says} ({below[key].rule})" if key in below else "",
        }
        for key in OUTCOMES
    ]


def going_on(said: str) -> str:
    """Words within a sentence."""
    return said[:1].lower() + said[1:]


def rule_words(rule: OutcomeRule) -> list[str]:
    """What a policy says of one outcome, sentence by sentence, with rule and strength."""
    said = [route_words(rule), time_words(rule)]
    said += [f"{again_words(rule)} ({rule.again_rule})"] if rule.again is not None else []
    return [*said, f"{STRENGTHS[rule.strength.value]}, {rule.rule}. {rule.source}."]


STRENGTHS = {"statute": "Law", "guidance": "Guidance", "agreed": "Agreed here"}


def conflict_rows(found: Sequence[Conflict]) -> list[dict[str, Any]]:
    """Each conflict as a row."""
    return [
        {
            "what": words(c.outcome) if c.outcome else "Offences",
            "kind": words(c.kind),
            "joint": c.joint,
            "force": c.force,
            "stricter": words(c.stricter) if c.stricter else "Neither",
            "law": [f"{says} ({rule})" for rule, says in c.law],
        }
        for c in found
    ]


def verdict_rows(counted: Figures, href: Href) -> list[dict[str, Any]]:
    """What the disposals of the quarter kept, by outcome and together; each number opens its cases."""
    lines = [(words(o), o.value, t) for o, t in sorted(counted.by_outcome.items(), key=_order)]
    lines.append(("Together", "", counted.chosen))
    return [
        {
            "name": name,
            "of": {"text": f"{tally.of:,}", "href": href(what="all", outcome=key)},
            "counts": [
                {
                    "text": f"{tally.verdicts[verdict]:,}",
                    "href": href(what=verdict.value, outcome=key) if tally.verdicts[verdict] else "",
                }
                for verdict in Verdict
            ],
        }
        for name, key, tally in lines
    ]


def _order(item: tuple[Outcome, Tally]) -> int:
    return OUTCOMES.index(item[0].value)


def measures(tally: Tally, href: Href) -> list[dict[str, Any]]:
    """M3 and M4 with numerator, denominator and definition."""
    return [
        {
            "name": "Cautions without consultation (M3)",
            "says": Share(tally.without, tally.cautions).says,
            "href": href(what=WITHOUT) if tally.without else "",
            "definition": M3,
            "more": f"Of {tally.unsaid:,} of them nobody told whether the YOT was asked."
            if tally.unsaid
            else "",
            "more_href": href(what=UNSAID) if tally.unsaid else "",
        },
        {
            "name": "Decided by the panel before (M4)",
            "says": Share(tally.decided, tally.eligible).says,
            "href": href(what=DECIDED) if tally.decided else "",
            "definition": M4,
            "more": "",
            "more_href": "",
        },
    ]


def between(counted: Figures) -> list[dict[str, Any]]:
    """The trend: how many disposals of each quarter fell between."""
    shares = {
        quarter: Share(tally.verdicts[Verdict.BETWEEN], tally.of)
        for quarter, tally in counted.by_quarter.items()
    }
    return [{"quarter": quarter, "words": quarter.words, "share": share} for quarter, share in shares.items()]


def bars(rows: Sequence[Mapping[str, Any]]) -> tuple[Bar, ...]:
    """The trend as the picture draws it; a name is broken at its bar into two lines."""
    return tuple(
        (
            f"{row['quarter'].first:%b}–{row['quarter'].last:%b}|{row['quarter'].year}",
            row["share"].count,
            f"{row['share'].count} of {row['share'].of}",
        )
        for row in rows
    )


def exception_rows(found: Mapping[str, int], href: Href) -> list[dict[str, str]]:
    """The exceptions to the joint policy by their coded reason; a code of another list keeps its key."""
    of = sum(found.values())
    return [
        {"name": reason_words(code), "says": Share(count, of).says, "href": href(what=EXCEPTION, code=code)}
        for code, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))
    ]


def reason_words(code: str) -> str:
    """A coded reason in words."""
    try:
        return EXCEPTIONS.code(code).says
    except KeyError:
        return code.replace("_", " ").capitalize()


def history(side: Side, versions: Sequence[JointPolicy]) -> dict[str, Any]:
    """The versions of one side, the newest first, each with what it changed."""
    pairs = zip([None, *versions], versions, strict=False)
    rows = [
        {
            "name": newer.name,
            "since": long_date(newer.since),
            "source": newer.source,
            "area": newer.area,
            "changed": None if older is None else changes(older, newer),
        }
        for older, newer in pairs
    ]
    return {"side": words(side), "versions": rows[::-1]}


def changes(older: JointPolicy, newer: JointPolicy) -> list[dict[str, str]]:
    """What one version says otherwise than the one before."""
    return [
        {"what": row["what"], "kind": row["kind"], "before": row["joint"], "after": row["force"]}
        for row in conflict_rows(conflicts(older, newer))
    ]


def offences(joint: JointPolicy, force: JointPolicy) -> dict[str, str]:
    """Which offences come to the panel whatever the outcome."""
    return {"joint": panel_words(joint.panel), "force": panel_words(force.panel)}
