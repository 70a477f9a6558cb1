"""Who is asking: every statement to the database is made on behalf of exactly one viewer.

A viewer is either a signed-in person or a named piece of work without a person (`intake`, `worker`, …). `reveal` is
the opening of one number for somebody who has written down why.
What each may see is decided once, in the models; here stands only who they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

PARTNER_ROLES = frozenset({"partner_member", "partner_lead"})
ROLES = PARTNER_ROLES | {"desk", "reviewer", "administrator"}
WORK = frozenset({"public", "intake", "worker", "sign_in", "command", "migration", "reveal"})


class NoViewer(RuntimeError):
    """A statement was about to run on nobody's behalf."""


class NotAllowed(RuntimeError):
    """The viewer tried to write what is not theirs to write."""


@dataclass(frozen=True)
class Viewer:
    """Who acts. `entry_points` holds a partner's entry points, `country` a desk's country."""

    kind: str
    account_id: int | None = None
    name: str = ""
    partner: str | None = None
    entry_points: frozenset[str] = frozenset()
    country: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in ROLES | WORK:
            raise ValueError(f"no such viewer: {self.kind}")

    @property
    def is_person(self) -> bool:
        return self.kind in ROLES

    @property
    def triages(self) -> bool:
        """Whether this person reads and answers reports."""
        return self.kind in PARTNER_ROLES or self.kind == "desk"

    @property
    def sees_every_report(self) -> bool:
        """Intake files reports, the worker answers them, commands list them without contacts."""
        return self.kind in {"intake", "worker", "command", "migration"}


PUBLIC, INTAKE, WORKER, SIGN_IN, COMMAND, MIGRATION = map(
    Viewer, ("public", "intake", "worker", "sign_in", "command", "migration")
)

_current: ContextVar[Viewer | None] = ContextVar("viewer", default=None)


def current_viewer() -> Viewer:
    """The viewer of this request, job or command; raises NoViewer when there is none."""
    viewer = _current.get()
    if viewer is None:
        raise NoViewer("no viewer: a gate, a job or a command must say on whose behalf this runs")
    return viewer


@contextmanager
def acting_as(viewer: Viewer) -> Iterator[Viewer]:
    """Act as this viewer for the length of the block."""
    token = _current.set(viewer)
    try:
        yield viewer
    finally:
        _current.reset(token)
