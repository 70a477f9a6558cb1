"""A case's timeline, as staff read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.followup.causes import CAUSES
from app.followup.models import Case, CaseEvent
from app.followup.wording import ACTIONS, ANSWERS, EVENTS, PARTS, PHASES, RESPONSES, STATES, label
from app.gaps.paging import Key, Page, page_of

NEWEST = Key(CaseEvent.at, CaseEvent.id, int)
WITHOUT_A_PERSON = frozenset({"worker", "command", "intake"})


NAMED = {"cause": CAUSES, "phase": PHASES, "action_kind": ACTIONS, "response_kind": RESPONSES, "part": PARTS}
"""What of an event's detail is a code."""


@dataclass(frozen=True)
class Entry:
    """One line. `by` is None for what happened by itself; `words` are somebody's own."""

    at: datetime
    kind: str
    title: str
    by: str | None
    words: str | None
    facts: tuple[str, ...]


def timeline(session: Session, case: Case, before: str | None) -> Page[Entry]:
    """One page of what happened in this case and the viewer may see, newest first."""
    page = page_of(session, select(CaseEvent).where(CaseEvent.case_id == case.id), NEWEST, before)
    return Page(tuple(map(_entry, page.rows)), page.older)


def everything(session: Session, case: Case) -> tuple[Entry, ...]:
    """All that happened in this case and the viewer may see, oldest first."""
    events = select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.at, CaseEvent.id)
    return tuple(map(_entry, session.scalars(events)))


def _entry(event: CaseEvent) -> Entry:
    return Entry(
        at=event.at,
        kind="note" if event.kind == "note" else "event",
        title=_title(event),
        by=None if event.by in WITHOUT_A_PERSON else event.by,
        words=event.detail.get("text") or event.detail.get("reason") or None,
        facts=tuple(_facts(event)),
    )


def _title(event: CaseEvent) -> str:
    detail = event.detail
    if event.kind == "state":
        old, new = (label(STATES, str(detail.get(key, ""))) for key in ("old", "new"))
        return _("From %(old)s to %(new)s", old=old, new=new)
    if event.kind == "heard":
        return label(ANSWERS, str(detail.get("answer", "")))
    return label(EVENTS, event.kind)


def _facts(event: CaseEvent) -> Iterator[str]:
    for name, labels in NAMED.items():
        if event.detail.get(name):
            yield label(labels, str(event.detail[name]))
    if event.detail.get("into"):
        yield _("Case %(number)s", number=event.detail["into"])
    if event.detail.get("recipient"):
        yield str(event.detail["recipient"])
    if "people" in event.detail:
        number = int(event.detail["people"])
        yield ngettext("%(num)d person", "%(num)d people", number)
