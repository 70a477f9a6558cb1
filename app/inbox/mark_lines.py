"""What the timeline says of marks: which tags came and went, how urgent it was and is, until when it is snoozed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from babel.dates import format_date
from flask_babel import gettext as _

from app.access.speaking import page_language
from app.inbox.labels import PRIORITIES
from app.inbox.marking import PRIORITY, SNOOZED, TAGS
from app.reports.marks import WOKEN
from app.reports.models import Event


def title_of_mark(event: Event) -> str | None:
    """The title of this line of a timeline; None if it is not about a mark."""
    say = TITLES.get(event.kind)
    return say(event) if say else None


def _tags(event: Event) -> str:
    added, removed = (", ".join(event.detail[key]) for key in ("added", "removed"))
    if not removed:
        return _("Tagged: %(tags)s", tags=added)
    if not added:
        return _("Tags taken off: %(tags)s", tags=removed)
    return _("Tagged: %(added)s; taken off: %(removed)s", added=added, removed=removed)


def _priority(event: Event) -> str:
    old, new = (str(PRIORITIES[event.detail[key]]) for key in ("old", "new"))
    return _("Priority changed from %(old)s to %(new)s", old=old, new=new)


def _snoozed(event: Event) -> str:
    day = format_date(date.fromisoformat(event.detail["until"]), "d MMM y", locale=page_language())
    return _("Snoozed until %(day)s", day=day)


def _woken(event: Event) -> str:
    if event.detail.get("because") == "person":
        return _("Back from its snooze, as the person wrote")
    return _("Brought back before its time")


TITLES: dict[str, Callable[[Event], str]] = {
    TAGS: _tags,
    PRIORITY: _priority,
    SNOOZED: _snoozed,
    WOKEN: _woken,
}
