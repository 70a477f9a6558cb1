"""The statuses of a report and the moves between them, as one readable table."""

from __future__ import annotations

OPEN = ("new", "acknowledged", "in_follow_up", "needs_information", "reopened")
DUPLICATE = "duplicate"
ENDS = ("closed", DUPLICATE, "not_a_report")

BY_STAFF: dict[str, tuple[str, ...]] = {
    "new": ("acknowledged", "needs_information", "not_a_report"),
    "acknowledged": ("in_follow_up", "needs_information", "not_a_report"),
    "in_follow_up": ("resolved", "needs_information", "not_a_report"),
    "needs_information": ("acknowledged", "in_follow_up", "not_a_report"),
    "resolved": ("unconfirmed", "reopened"),
    "reopened": ("in_follow_up", "needs_information", "not_a_report"),
    "confirmed": ("closed",),
    "unconfirmed": ("closed",),
    "closed": (),
    "duplicate": (),
    "not_a_report": (),
}
"""What a person at a partner or desk may set. `confirmed` is missing: only the citizen's yes does that. So is
`duplicate`: a report becomes one by being merged with the report that it repeats, which then goes on for both."""

BY_CITIZEN: dict[str, tuple[str, ...]] = {"resolved": ("confirmed", "reopened")}
"""What a citizen's answer to "was it fixed?" may set."""

STATUSES = tuple(BY_STAFF)
NEEDS_A_REASON = frozenset({"not_a_report", "unconfirmed", "reopened"})


class IllegalMove(ValueError):
    """The report cannot go from where it stands to the status asked for."""


def next_statuses(status: str) -> tuple[str, ...]:
    """What staff may set from here."""
    return BY_STAFF[status]


def check_move(old: str, new: str, reason: str) -> None:
    """Raises IllegalMove when staff may not make this move, or give no reason where one is due."""
    if new not in BY_STAFF.get(old, ()):
        raise IllegalMove(f"{old} to {new}")
    if new in NEEDS_A_REASON and not reason.strip():
        raise IllegalMove(f"{new} needs a reason")
