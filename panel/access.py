"""Who may come in: the person of a request, and one gate for every route. No gate, no start."""

from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.routing import Map

from workflows.roles import ROLE_WORDS, Role

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Actor:
    """The signed-in person as the rules see them: what they are, and in which areas, today."""

    id: int
    name: str
    memberships: tuple[tuple[int, Role], ...]
    area_names: Mapping[int, str]
    session_id: int = 0

    @property
    def roles(self) -> frozenset[Role]:
        """Every role that the person holds anywhere."""
        return frozenset(role for _, role in self.memberships)

    def roles_in(self, area_id: int) -> frozenset[Role]:
        """The roles that the person holds in one area."""
        return frozenset(role for area, role in self.memberships if area == area_id)

    def areas_as(self, *roles: Role) -> tuple[int, ...]:
        """The areas in which the person holds one of these roles, in order."""
        return tuple(sorted({area for area, role in self.memberships if role in roles}))

    @property
    def role_words(self) -> str:
        """What the person is, for the page header."""
        return ", ".join(dict.fromkeys(ROLE_WORDS[role] for _, role in self.memberships))

    @property
    def area_words(self) -> str:
        """Where the person works, for the page header."""
        return ", ".join(dict.fromkeys(self.area_names.values()))


@dataclass(frozen=True)
class Gate:
    """The policy row of one endpoint: who may read it and who may act on it.

    `once` asks for an idempotency key with each act; only signing in and out go without. `late`: the act
    reads for long, from one moment and in nobody's way, and writes only at its end.
    """

    read: frozenset[Role] = frozenset()
    act: frozenset[Role] = frozenset()
    public: bool = False
    once: bool = True
    late: bool = False

    def lets_in(self, roles: frozenset[Role], method: str) -> bool:
        """Whether somebody with these roles may use the method here."""
        return self.public or bool(roles & (self.read if method in SAFE_METHODS else self.act))


class NoGate(Exception):
    """A route has no policy row, or a row has no route; the app does not start."""


def require_gates(routes: Map, gates: Mapping[str, Gate]) -> None:
    """Stop the start unless every route has its row and every row its route. Raises `NoGate`."""
    endpoints = {rule.endpoint for rule in routes.iter_rules()}
    without, unused = endpoints - set(gates), set(gates) - endpoints
    if without or unused:
        raise NoGate(
            f"routes without a policy row: {sorted(without)}; rows without a route: {sorted(unused)}"
        )
    for rule in routes.iter_rules():
        gate, methods = gates[rule.endpoint], set(rule.methods or ()) - SAFE_METHODS
        if not gate.public and bool(methods) != bool(gate.act):
            raise NoGate(f"{rule.endpoint}: the policy row and the route differ on whether one can act here")
