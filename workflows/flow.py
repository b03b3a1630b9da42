"""A state machine as a table that one can read aloud, with a reason for every refusal.

`transitions` holds the machine. `Flow` adds what the library leaves out: typos in the table are
found at import, every unmet guard is reported at once with its sentence and source, guidance can be
overridden by a named person with a reason, and no row is ever touched: a step is a value.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

from transitions import Machine

from workflows.roles import Role

S = TypeVar("S", bound=StrEnum)
F = TypeVar("F")


@dataclass(frozen=True)
class Guard(Generic[F]):
    """One rule: `test` holds when the rule is met; `says` is what a person reads when it is not."""

    name: str
    test: Callable[[F], bool]
    says: str
    rule: str
    source: str
    hard: bool = True
    where: str = ""


@dataclass(frozen=True)
class Move(Generic[S, F]):
    """A named step from one or more states to another; `guards` say whether, `when` says which way."""

    name: str
    source: S | tuple[S, ...]
    to: S
    by: tuple[Role, ...]
    guards: tuple[Guard[F], ...] = ()
    when: Callable[[F], bool] | None = None

    @property
    def sources(self) -> tuple[S, ...]:
        """Every state that the move may start from."""
        return self.source if isinstance(self.source, tuple) else (self.source,)


@dataclass(frozen=True)
class Refusal:
    """One unmet rule, as the page shows it; `hard` ones block, the others ask for a reason."""

    name: str
    says: str
    rule: str
    source: str
    hard: bool
    where: str = ""


@dataclass(frozen=True)
class Step(Generic[S]):
    """A move that was allowed: what to write down."""

    move: str
    before: S
    after: S
    overridden: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):
    """The move cannot be made; `refusals` are all the reasons."""

    def __init__(self, flow: str, move: str, refusals: tuple[Refusal, ...]) -> None:
        super().__init__(f"{flow}.{move}: " + " ".join(r.says for r in refusals))
        self.flow, self.move, self.refusals = flow, move, refusals


class NotYours(Exception):
    """The person has none of the roles that may make this move."""


class FlowError(Exception):
    """The table itself is wrong."""


class _Token:
    """The throw-away object that the machine moves instead of a row."""

    def __init__(self, state: str) -> None:
        self.state = state


class Flow(Generic[S, F]):
    """A machine over the states `S`, judged on facts `F`; built and checked once, at import."""

    def __init__(self, name: str, states: type[S], start: S, moves: tuple[Move[S, F], ...]) -> None:
        self.name, self.states, self.start, self.moves = name, states, start, moves
        self._check()
        self._machine = Machine(
            model=None,
            states=[state.value for state in states],
            initial=start.value,
            transitions=[self._row(move, source) for move in moves for source in move.sources],
            auto_transitions=False,
            send_event=True,
        )

    @staticmethod
    def _row(move: Move[S, F], source: S) -> dict[str, Any]:
        row: dict[str, Any] = {"trigger": move.name, "source": source.value, "dest": move.to.value}
        when = move.when
        if when is not None:
            row["conditions"] = [lambda event: when(event.kwargs["facts"])]
        return row

    def _check(self) -> None:
        reached = {self.start}
        for move in self.moves:
            if not move.by:
                raise FlowError(f"{self.name}.{move.name}: nobody may make this move")
            for state in (*move.sources, move.to):
                if not isinstance(state, self.states):
                    raise FlowError(f"{self.name}.{move.name}: {state!r} is not a state of this flow")
        while True:
            more = {m.to for m in self.moves if set(m.sources) & reached} - reached
            if not more:
                break
            reached |= more
        lost = set(self.states) - reached
        if lost:
            raise FlowError(f"{self.name}: no way leads to {', '.join(sorted(lost))}")

    def guards(self) -> Iterator[Guard[F]]:
        """Every guard of the flow, once."""
        seen: set[str] = set()
        for move in self.moves:
            for guard in move.guards:
                if guard.name not in seen:
                    seen.add(guard.name)
                    yield guard

    def move_names(self) -> tuple[str, ...]:
        """The names of the moves, each once, in the order of the table."""
        return tuple(dict.fromkeys(move.name for move in self.moves))

    def moves_from(self, state: S, roles: Collection[Role]) -> tuple[str, ...]:
        """The moves that a person with these roles could try from this state."""
        return tuple(
            dict.fromkeys(m.name for m in self.moves if state in m.sources and set(m.by) & set(roles))
        )

    def may(self, move: str, state: S, roles: Collection[Role]) -> bool:
        """Whether the move starts at this state and these roles may make it."""
        return move in self.moves_from(state, roles)

    def _match(self, name: str, state: S, facts: F) -> Move[S, F] | None:
        for move in self.moves:
            if move.name == name and state in move.sources and (move.when is None or move.when(facts)):
                return move
        if name not in self.move_names():
            raise FlowError(f"{self.name} has no move {name!r}")
        return None

    def refusals(self, name: str, state: S, facts: F) -> tuple[Refusal, ...]:
        """Every rule that the move would break now, hard ones first; empty when nothing is missing."""
        move = self._match(name, state, facts)
        if move is None:
            return (self._wrong_state(name, state),)
        unmet = [g for g in move.guards if not g.test(facts)]
        unmet.sort(key=lambda g: not g.hard)
        return tuple(Refusal(g.name, g.says, g.rule, g.source, g.hard, g.where) for g in unmet)

    def _wrong_state(self, name: str, state: S) -> Refusal:
        says = f"This cannot be done now: the {self.name} is {in_words(state)}. Somebody may have been first."
        return Refusal("wrong_state", says, "FLOW", f"The {self.name} flow of this service", True)

    def step(
        self,
        name: str,
        state: S,
        facts: F,
        roles: Collection[Role],
        overrides: Mapping[str, str] | None = None,
    ) -> Step[S]:
        """Allow the move or raise.

        Soft guards named in `overrides` with a reason are passed over and listed in the step.
        Raises `NotYours` when no role fits, `Refused` with every unmet rule.
        """
        if not any(m.name == name and set(m.by) & set(roles) for m in self.moves):
            raise NotYours(f"{self.name}.{name}")
        given = {key: why.strip() for key, why in (overrides or {}).items() if why.strip()}
        unmet = self.refusals(name, state, facts)
        left = tuple(r for r in unmet if r.hard or r.name not in given)
        if left:
            raise Refused(self.name, name, left)
        token = _Token(state.value)
        self._machine.events[name].trigger(token, facts=facts)
        used = {r.name: given[r.name] for r in unmet}
        return Step(name, state, self.states(token.state), used)

    def mermaid(self) -> str:
        """The flow as a Mermaid state diagram, drawn from the table itself."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.start.value}"]
        for move in self.moves:
            by = "/".join(in_words(role) for role in move.by)
            lines += [f"    {s.value} --> {move.to.value}: {move.name} ({by})" for s in move.sources]
        return "\n".join(lines) + "\n"


def in_words(value: StrEnum) -> str:
    """`sent_back` as `sent back`: a state or role as a reader sees it in a sentence."""
    return value.value.replace("_", " ")
