"""Several acts in one, as bulk acts and macros do them: what each report gets, all of it or nothing.

What cannot be done to a report is known before any of it is done, so that nothing is half done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from app.deadlines.steps import reading
from app.directory.catalogue import LANGUAGES, Answer
from app.directory.current import current_directory
from app.inbox import acts, marking, sharing_out
from app.inbox.acts import Refused
from app.inbox.choices import NOBODY
from app.inbox.colleagues import Colleague
from app.inbox.ready_answers import in_the_first, read_by
from app.inbox.tags import check_tags, read_tags
from app.reports.lifecycle import BY_STAFF, NEEDS_A_REASON, OPEN
from app.reports.models import Event, Report

SETTABLE = tuple(status for status in BY_STAFF if any(status in moves for moves in BY_STAFF.values()))
"""What staff may set from somewhere."""

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Steps:
    """What is to be done. What is empty is left as it is. `assign` is a colleague's number or "nobody"; `snooze`
    counts days. `replies` are one reply in several languages; `reply` is for those to whom none of them speaks."""

    status: str = ""
    reason: str = ""
    assign: str = ""
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    priority: int | None = None
    snooze: int | None = None
    note: str = ""
    reply: str = ""
    replies: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        given = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: value for name, value in given.items() if value}

    @property
    def is_empty(self) -> bool:
        return not (self.as_json().keys() - {"reason"})

    @property
    def replies_something(self) -> bool:
        return bool(self.reply or self.replies)


def from_json(stored: Values) -> Steps:
    lists = {name: tuple(stored.get(name, ())) for name in ("add", "remove")}
    return Steps(**{**stored, **lists})


def read_steps(session: Session, form: MultiDict[str, str]) -> Steps:
    """What this form asks for. Raises Refused, also where it asks for nothing."""
    steps = Steps(
        status=_status(form.get("status", "")),
        reason=acts.words("reason", form.get("reason", ""), acts.LONGEST_REASON),
        assign=_assign(session, form.get("to", "")),
        add=_tags("new_tags", form),
        remove=_tags("old_tags", form),
        priority=marking.read_priority(form["priority"]) if form.get("priority") else None,
        snooze=_snooze(form.get("snooze", "")),
        note=acts.words("note", form.get("note", ""), acts.LONGEST_NOTE),
        reply=acts.words("reply", form.get("reply", ""), acts.LONGEST_REPLY),
        replies=_replies(form),
    )
    _go_together(steps)
    return steps


def check(report: Report, steps: Steps) -> None:
    """Whether all of it can be done to this report. Raises Refused."""
    if steps.status:
        acts.may_move(report.status, steps.status, steps.reason)
    if steps.add or steps.remove:
        check_tags((set(report.tags) | set(steps.add)) - set(steps.remove))
    if steps.snooze and report.status not in OPEN:
        raise Refused("snooze", _("Only an open report can be snoozed."))


def carry_out(
    session: Session, report: Report, steps: Steps, colleague: Colleague | None, **how: str
) -> Event | None:
    """Do it to a locked report that was checked; nobody is told, and no reply is given. Returns the line that says
    that its status changed."""
    if steps.assign:
        sharing_out.give(session, report, colleague, **how)
    if steps.add or steps.remove:
        marking.change_tags(session, report, steps.add, steps.remove, **how)
    if steps.priority:
        marking.change_priority(session, report, steps.priority, **how)
    if steps.snooze:
        marking.put_aside(session, report, marking.today_of(report) + timedelta(days=steps.snooze), **how)
    if steps.note:
        acts.keep_note(session, report, steps.note, **how)
    return acts.move(session, report, steps.status, steps.reason, **how) if steps.status else None


def reply_to(report: Report, steps: Steps) -> str:
    """What is said to its person: in their language, else the reply for everybody else, else in a language of the
    country, as ready answers are. Empty where nothing is said."""
    directory = current_directory()
    written = Answer("", steps.replies)
    own, *others = read_by(report, directory)
    return written.text_in(own) or steps.reply or _text_in_the_first(written, tuple(others))


def _text_in_the_first(written: Answer, languages: tuple[str, ...]) -> str:
    found = in_the_first(written, languages)
    return found.text if found else ""


def colleague_of(session: Session, steps: Steps, report: Report | None = None) -> Colleague | None:
    """To whom it is given; None where nobody is to work on it. Raises Refused for somebody who has left."""
    key = "" if steps.assign in ("", NOBODY) else steps.assign
    return sharing_out.chosen_colleague(session, key, report)


def state_of(report: Report) -> dict[str, Any]:
    """What steps may change of a report, as JSON has it."""
    return {
        "status": report.status,
        "assigned_to": report.assigned_to,
        "tags": list(report.tags),
        "priority": report.priority,
        "snoozed_until": _text(report.snoozed_until),
        "touched_at": _text(report.touched_at),
        "clock": reading(report),
    }


def _text(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _status(status: str) -> str:
    if status and status not in SETTABLE:
        raise Refused("status", _("Choose the new status."))
    return status


def _assign(session: Session, key: str) -> str:
    if key and key != NOBODY:
        sharing_out.chosen_colleague(session, key)
    return key


def _tags(field: str, form: MultiDict[str, str]) -> tuple[str, ...]:
    return tuple(check_tags(read_tags(form.get(field, ""))))


def _replies(form: MultiDict[str, str]) -> dict[str, str]:
    """One field for each language, such as `reply-sw`."""
    named = ((language, f"reply-{language}") for language in LANGUAGES)
    told = {code: acts.words(name, form[name], acts.LONGEST_REPLY) for code, name in named if name in form}
    return {language: text for language, text in told.items() if text}


def _snooze(days: str) -> int | None:
    if days and days not in map(str, marking.SNOOZES):
        raise Refused("snooze", _("Choose until when."))
    return int(days) if days else None


def _go_together(steps: Steps) -> None:
    if steps.is_empty:
        raise Refused("steps", _("Choose at least one thing to do."))
    if steps.status in NEEDS_A_REASON and not steps.reason:
        raise Refused("reason", _("Give a reason for this status."))
    if steps.snooze and steps.status and steps.status not in OPEN:
        raise Refused("snooze", _("What is over is not put aside as well."))
