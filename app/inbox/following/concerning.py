"""Whom a line of a timeline concerns, and why. Pure.

The kinds, the nearest first: `mention` (called in a note), `assigned`, `escalated`, `said` (the person said
something), `changed`. Nobody is told of what they did themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.deadlines.clock import DESK
from app.deadlines.escalating import ESCALATED
from app.inbox.following.models import NEVER, LetterChoice
from app.inbox.following.readers import Named, Reader
from app.reports.models import Event, Report
from app.reports.timeline import BY_THE_PERSON

KINDS = ("mention", "assigned", "escalated", "said", "changed")

THEIR_VERDICTS = frozenset({"reopened", "confirmed"})
"""What only the person brings about."""

MATTER = {"mention": "mention", "assigned": "assigned", "said": "followed", "changed": "followed"}
"""Which choice of letters goes for a kind. What is overdue is in the morning's letter (app.deadlines.morning)."""


def concerned(
    event: Event, report: Report, following: Iterable[int], people: Mapping[int, Reader], named: Named
) -> dict[int, str]:
    """Who is told of this event, by account, and as which kind: only those who may open the report."""
    told = dict.fromkeys(following, "said" if _is_the_persons(event) else "changed")
    if event.kind == ESCALATED:
        told.update(dict.fromkeys(_above(event, report, people), "escalated"))
    if event.kind == "assigned" and event.detail.get("account"):
        told[event.detail["account"]] = "assigned"
    told.update(dict.fromkeys(event.detail.get("mentions", {}).values(), "mention"))
    told.pop(event.account_id or 0, None)
    return {
        number: kind for number, kind in told.items() if number in people and people[number].may_open(report, named)
    }


def letter_for(kind: str, choice: LetterChoice) -> str | None:
    """In which letter this person wishes to read of it."""
    chosen = getattr(choice, MATTER[kind]) if kind in MATTER else NEVER
    return None if chosen == NEVER else chosen


def _is_the_persons(event: Event) -> bool:
    is_verdict = event.kind == "status" and event.account_id is None and event.detail.get("new") in THEIR_VERDICTS
    return event.kind in BY_THE_PERSON or is_verdict


def _above(event: Event, report: Report, people: Mapping[int, Reader]) -> list[int]:
    """To whom it was escalated."""
    if event.detail.get("to") == DESK:
        return [number for number, one in people.items() if one.is_at_desk(report.country)]
    return [number for number, one in people.items() if one.leads(report.partner)]
