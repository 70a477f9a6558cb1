"""The states of a case and the moves between them: one table, and what each move asks for. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.followup.rules import rules

Mover = Literal["staff", "citizens"]

ON_THE_WAY = ("forming", "stated", "diagnosing", "evidenced", "acting", "responded")
ANSWERED = ("promised", "partly_fixed", "fixed_claimed", "refused")
OPEN = (*ON_THE_WAY, *ANSWERED, "verifying", "reopened")
ENDS = ("verified", "closed", "merged", "referred")
STATES = (*ON_THE_WAY, *ANSWERED, "verifying", "verified", "closed", "reopened", "parked", "merged", "referred")


@dataclass(frozen=True)
class Facts:
    """What is known of a case when somebody wants to move it. `answers` are the kinds of the offices' responses."""

    statement: str = ""
    reports: int = 0
    people: int = 0
    verified_by_partner: bool = False
    figures: int = 0
    refusals: int = 0
    actions: int = 0
    lapsed: int = 0
    answers: frozenset[str] = frozenset()
    yes: int = 0
    no: int = 0
    partly: int = 0
    parked_from: str | None = None
    merged_into: int | None = None
    reason: str = ""


Guard = Callable[[Facts], LazyString | None]
"""Says in plain words why not, or None."""


class IllegalMove(ValueError):
    """The case cannot go there; the message says why, in the page's language."""


def _anyhow(_facts: Facts) -> None:
    return None


def _stated(facts: Facts) -> LazyString | None:
    if not facts.statement.strip():
        return _("Write first what is missing, in plain words.")
    enough = facts.people >= rules().independent_people or (facts.reports >= 1 and facts.verified_by_partner)
    n = rules().independent_people
    return None if enough else _("It needs %(n)d different people, or one report that you checked yourself.", n=n)


def _evidenced(facts: Facts) -> LazyString | None:
    shown = facts.figures or facts.refusals
    return (
        None if shown else _("It needs one figure with its source, or a refusal to give one that you wrote down.")
    )


def _acted(facts: Facts) -> LazyString | None:
    return None if facts.actions else _("Write down first what you asked of whom, and by when.")


def _responded(facts: Facts) -> LazyString | None:
    heard = facts.answers or facts.lapsed
    return None if heard else _("No office has answered yet, and no due date has passed.")


def _said(kind: str) -> Guard:
    def guard(facts: Facts) -> LazyString | None:
        return None if kind in facts.answers else _("No office has said so: write down its response first.")

    return guard


def _tellers(facts: Facts) -> LazyString | None:
    return None if facts.reports else _("There is nobody to ask: no report belongs to its gap any more.")


def _confirmed(facts: Facts) -> LazyString | None:
    heard = facts.yes + facts.no + facts.partly
    enough = facts.yes >= rules().fewest_yes and Fraction(facts.yes, heard) >= rules().share_of_answers
    return None if enough else _("Only people's own confirmations verify a case, never an office's word.")


def _reason(facts: Facts) -> LazyString | None:
    return None if facts.reason.strip() else _("Give a reason.")


def _merged(facts: Facts) -> LazyString | None:
    return _reason(facts) if facts.merged_into else _("Write the number of the case that goes on in its stead.")


def _resumed(state: str) -> Guard:
    def guard(facts: Facts) -> LazyString | None:
        return None if facts.parked_from == state else _("A parked case goes back to where it was parked.")

    return guard


@dataclass(frozen=True)
class Move:
    """From any of these states to that one, by staff or by citizens' answers, if the guard allows it."""

    old: tuple[str, ...]
    new: str
    guard: Guard = _anyhow
    by: Mover = "staff"


TABLE: tuple[Move, ...] = (
    Move(("forming",), "stated", _stated),
    Move(("stated", "reopened"), "diagnosing"),
    Move(("diagnosing", "reopened"), "evidenced", _evidenced),
    Move(("evidenced", "responded", *ANSWERED, "verifying", "reopened"), "acting", _acted),
    Move(("acting",), "responded", _responded),
    Move(("responded",), "promised", _said("promised")),
    Move(("responded", "promised"), "partly_fixed", _said("partly_fixed")),
    Move(("responded", "promised", "partly_fixed"), "fixed_claimed", _said("fixed_claimed")),
    Move(("responded", "promised"), "refused", _said("refused")),
    Move((*ANSWERED, "reopened"), "verifying", _tellers),
    Move(("verifying",), "verified", _confirmed, by="citizens"),
    Move(("verified",), "closed"),
    Move((*ON_THE_WAY, *ANSWERED, "verifying", "reopened"), "closed", _reason),
    Move((*ENDS, "refused", "verifying"), "reopened", _reason),
    Move(OPEN, "parked", _reason),
    *(Move(("parked",), state, _resumed(state)) for state in OPEN),
    Move((*OPEN, "parked"), "merged", _merged),
    Move((*OPEN, "parked"), "referred", _reason),
)


def moves_from(state: str, by: Mover = "staff") -> tuple[Move, ...]:
    """The moves that the table has from here, whatever their guards say."""
    return tuple(move for move in TABLE if state in move.old and move.by == by)


def obstacle(facts: Facts, move: Move) -> str | None:
    """Why this move cannot be made now, in the page's language."""
    against = move.guard(facts)
    return str(against) if against is not None else None


def check_move(facts: Facts, old: str, new: str, by: Mover = "staff") -> None:
    """Raises IllegalMove when the table has no such move, or its guard something against it."""
    move = next((move for move in moves_from(old, by) if move.new == new), None)
    if move is None:
        raise IllegalMove(str(_only_citizens(old, new) or _("A case cannot go there from where it stands.")))
    against = obstacle(facts, move)
    if against is not None:
        raise IllegalMove(against)


def _only_citizens(old: str, new: str) -> LazyString | None:
    citizens = any(move.new == new for move in moves_from(old, "citizens"))
    return _("Only people's own confirmations verify a case, never an office's word.") if citizens else None
