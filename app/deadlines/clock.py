"""The clock of one report: at which step it is, since when that is counted, and when it is due. Pure.

The clock is set when the report is filed and moved only when a step is reached. Nothing else moves it: no edit, no
other priority, no snooze, nobody new working on it, no new place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.deadlines.limits import FIRST_ANSWER, INFORMATION, RESOLUTION, Limits
from app.deadlines.working_time import WorkingTime

STEP_OF: Mapping[str, str] = {
    "new": FIRST_ANSWER,
    "reopened": FIRST_ANSWER,
    "acknowledged": RESOLUTION,
    "in_follow_up": RESOLUTION,
    "needs_information": INFORMATION,
}
"""The step at which a report of this status stands; none where nothing is to be done by staff.

Who says that it is not mended after all has told us anew: the clock starts again with a first answer.
"""

LEAD, DESK = LEVELS = ("lead", "desk")
"""To whom a step that is over is escalated: first to the partner's lead, then to the country's desk."""


@dataclass(frozen=True)
class Clock:
    """`counted_from` is when we first heard of it; `waited` is the working time that the person needed to answer.

    `waiting_since` is set while the partner waits for the person. `escalated` names what has been escalated
    ("resolution/lead"): each once, however often the report comes back to the step. `escalate_at` is when it is
    next to be escalated, None when never.
    """

    counted_from: datetime
    step: str | None = FIRST_ANSWER
    due_at: datetime | None = None
    waited: timedelta = timedelta(0)
    waiting_since: datetime | None = None
    escalated: tuple[str, ...] = ()
    escalate_at: datetime | None = None


@dataclass(frozen=True)
class Rules:
    """By what a report's clock goes; `levels` are those above it: one at the desk has no desk above."""

    working: WorkingTime
    limits: Limits
    levels: tuple[str, ...] = LEVELS


def start(counted_from: datetime, rules: Rules) -> Clock:
    """The clock of a report that has just been filed."""
    return recount(Clock(counted_from), rules)


def advance(clock: Clock, status: str, at: datetime, said_at: datetime, rules: Rules) -> Clock:
    """The clock once the report has come to this status; `said_at` is when the person last said something.

    Within the same step the clock stays as it is.
    """
    step = STEP_OF.get(status)
    if status == "reopened":
        return start(at, rules)
    if step == clock.step:
        return clock
    moved = replace(_answered(clock, at, said_at, rules.working), step=step)
    return recount(replace(moved, waiting_since=at) if step == INFORMATION else moved, rules)


def recount(clock: Clock, rules: Rules) -> Clock:
    """The same step, due as these rules have it."""
    due_at = _due_at(clock, rules)
    return replace(clock, due_at=due_at, escalate_at=_next(clock, due_at, rules))


def escalate(clock: Clock, rules: Rules) -> tuple[Clock, str]:
    """The clock once its step has been escalated to the next level, and that level."""
    level = _open_levels(clock, rules)[0]
    escalated = replace(clock, escalated=(*clock.escalated, f"{clock.step}/{level}"))
    return replace(escalated, escalate_at=_next(escalated, clock.due_at, rules)), level


def _answered(clock: Clock, at: datetime, said_at: datetime, working: WorkingTime) -> Clock:
    """Without the wait, if there was one. It ended when the person wrote, not when somebody looked."""
    since = clock.waiting_since
    if since is None:
        return clock
    until = min(at, said_at) if said_at > since else at
    return replace(clock, waited=clock.waited + working.between(since, until), waiting_since=None)


def _due_at(clock: Clock, rules: Rules) -> datetime | None:
    if clock.step is None:
        return None
    length = rules.limits.of(clock.step).length(rules.working)
    if clock.step == INFORMATION:
        return rules.working.after(clock.waiting_since or clock.counted_from, length)
    waited = clock.waited if clock.step == RESOLUTION else timedelta(0)
    return rules.working.after(clock.counted_from, length + waited)


def _next(clock: Clock, due_at: datetime | None, rules: Rules) -> datetime | None:
    levels = _open_levels(clock, rules)
    if due_at is None or not levels:
        return None
    return due_at if levels[0] == LEAD else rules.working.after(due_at, rules.limits.desk.length(rules.working))


def _open_levels(clock: Clock, rules: Rules) -> list[str]:
    return [level for level in rules.levels if f"{clock.step}/{level}" not in clock.escalated]
