"""Facts that a metric counts: the pack and the page of the metrics say the same number of the same cases."""

from sqlmodel import Session

from panel.board_pack.facts import Fact, Kind, Scope
from panel.figures.queries import parts


def _counted(db: Session, metric: str, scope: Scope) -> list[tuple[int, bool]]:
    """Each subject that counts in a metric, and whether it is in its numerator."""
    return [(number, met > 0) for number, met, _ in parts(db, metric, scope.slice)]


def untold(db: Session, scope: Scope) -> list[Fact]:
    """Community resolutions on the lists of the force of which nobody told us by themselves (M1)."""
    return [Fact("untold", met, number, Kind.POLICE) for number, met in _counted(db, "M1", scope)]


def unsigned(db: Session, scope: Scope) -> list[Fact]:
    """Disposals that ask for signatures and have no signed copy on the case (M11)."""
    return [Fact("unsigned", not met, number) for number, met in _counted(db, "M11", scope)]


def countersigned(db: Session, scope: Scope) -> list[Fact]:
    """Submitted assessments that another person judged in time (M14)."""
    return [Fact("soon", met, number) for number, met in _counted(db, "M14", scope)]
