"""A report's timeline: what the person said, what was sent to them, and what staff did, in one order of time."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext, pgettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.deadlines.escalating import ESCALATED
from app.directory.catalogue import Directory
from app.followup.asking_more import ASKED
from app.inbox.due import title_of_escalation
from app.inbox.following.mentions import in_parts
from app.inbox.labels import (
    ASKED_FOR,
    CALL_TIMES,
    CONSENTS,
    DELIVERY,
    EVENTS,
    FLAGS,
    PURPOSES,
    STATUSES,
    WORKERS,
    label,
    language_name,
)
from app.inbox.mark_lines import title_of_mark
from app.inbox.merging import LET_GO, MERGED, TOOK_IN, UNMERGED
from app.inbox.naming import name_of_area, partner_name
from app.inbox.placing import CORRECTED, REROUTED
from app.inbox.revealing import SAID_WHY, SHOWN
from app.inbox.secrecy import READER_ADDED, READER_REMOVED
from app.outbox.models import OutgoingMessage
from app.reports.models import Answer, Event, IncomingMessage, Report
from app.reports.sealing import detail_of

ANSWERED = "answered"
"""The event that stands for an answer, which is shown itself."""

OF_MERGING = frozenset({MERGED, TOOK_IN, UNMERGED, LET_GO})

SAME_SECOND = {"incoming": 0, "event": 1, "note": 1, "answer": 1, "outgoing": 2}
"""Within one second, cause before effect: a message is stamped with the start of the transaction that an event
inside it caused."""


@dataclass(frozen=True)
class Entry:
    """One line. `kind` is a key of SAME_SECOND; `words` are a person's own, `facts` are ours.

    `called`: how those are written whom the words call.
    """

    at: datetime
    kind: str
    title: str
    by: str | None = None
    words: str | None = None
    facts: tuple[str, ...] = ()
    called: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[tuple[str, bool], ...]:
        """The words in pieces, and whether each is the name of somebody who is called."""
        return tuple(in_parts(self.words or "", self.called))


Sealed = Mapping[uuid.UUID, str]
"""The words of a sensitive report as they were opened, by the number of what they belong to."""


def timeline(session: Session, report: Report, directory: Directory, sealed: Sealed) -> tuple[Entry, ...]:
    """Everything that happened to this report and that the viewer may see, oldest first."""
    answers = _answers(session, report) if any(event.kind == ANSWERED for event in report.events) else ()
    sent = session.scalars(select(OutgoingMessage).where(OutgoingMessage.report_id == report.id))
    entries = [
        *(_incoming(message, sealed) for message in report.messages),
        *(_event(event, directory, sealed) for event in report.events if event.kind != ANSWERED),
        *(_answer(answer, sealed) for answer in answers),
        *map(_outgoing, sent),
    ]
    return tuple(sorted(entries, key=_order))


def _answers(session: Session, report: Report) -> Iterable[Answer]:
    return session.scalars(select(Answer).where(Answer.report_id == report.id))


def _order(entry: Entry) -> tuple[datetime, int, datetime]:
    return entry.at.replace(microsecond=0), SAME_SECOND[entry.kind], entry.at


def _incoming(message: IncomingMessage, sealed: Sealed) -> Entry:
    pictures = (ngettext("%(num)d picture", "%(num)d pictures", message.media),) if message.media else ()
    return Entry(
        message.received_at,
        "incoming",
        _("The person wrote"),
        words=sealed.get(message.id, message.body),
        facts=pictures,
    )


def _outgoing(message: OutgoingMessage) -> Entry:
    parts = ngettext("%(num)d segment", "%(num)d segments", message.segments)
    facts = (label(DELIVERY, message.state), parts)
    return Entry(message.created_at, "outgoing", label(PURPOSES, message.purpose), words=message.body, facts=facts)


def _answer(answer: Answer, sealed: Sealed) -> Entry:
    read = _("The person has asked to read it") if answer.read_at else _("The person has not asked to read it yet")
    title, words = pgettext("what happened", "Reply to the person"), sealed.get(answer.id, answer.body)
    return Entry(answer.at, "answer", title, answer.by, words, (read,))


def _event(event: Event, directory: Directory, sealed: Sealed) -> Entry:
    kind = "note" if event.kind == "note" else "event"
    detail = detail_of(event, sealed)
    words = detail.get("text") or detail.get("reason") or None
    called = tuple(event.detail.get("mentions", ()))
    by = label(WORKERS, event.by) if event.by in WORKERS else event.by
    return Entry(event.at, kind, title_of(event), by, words, tuple(_facts(event, directory)), called)


def title_of(event: Event) -> str:
    """What happened, in the page's language."""
    if event.kind == "status":
        old, new = (label(STATUSES, str(event.detail.get(key, ""))) for key in ("old", "new"))
        return _("Status changed from %(old)s to %(new)s", old=old, new=new)
    if event.kind == "assigned":
        to = event.detail.get("to")
        if event.detail.get("stranger"):
            return _("Given back to somebody at another organisation")
        return _("Given to %(name)s", name=to) if to else _("Put back: nobody works on it")
    if event.kind == ESCALATED:
        return title_of_escalation(event)
    if event.kind == ASKED:
        return label(ASKED_FOR, event.detail["what"])
    return title_of_mark(event) or label(EVENTS, event.kind)


def _facts(event: Event, directory: Directory) -> Iterator[str]:
    if "bulk" in event.detail:
        yield _("Together with other reports")
    if "macro" in event.detail:
        yield _("Macro: %(name)s", name=event.detail["macro"])
    if "undone" in event.detail:
        yield _("An act on many reports was undone")
    if event.kind == CORRECTED:
        old, new = (name_of_area(event.detail.get(key), directory) for key in ("old", "new"))
        yield _("from %(old)s to %(new)s", old=old, new=new) if old else str(new)
    if event.kind in ("filed", "moved", REROUTED) and event.detail.get("partner"):
        yield _("For %(partner)s", partner=partner_name(event.detail["partner"], directory))
        yield from (label(FLAGS, flag) for flag in event.detail.get("flags") or ())
    for key in ("into", "of", "out_of"):
        if event.kind in OF_MERGING and event.detail.get(key):
            yield str(event.detail[key])
    if event.kind == "entered":
        yield _("told on %(day)s", day=event.detail.get("heard_on", ""))
        yield _("agreed to be texted") if event.detail.get("agreed") else _("gave no number")
    if event.kind == SHOWN:
        yield str(SAID_WHY.get(str(event.detail.get("why")), ""))
    if event.kind == "call_time":
        yield label(CALL_TIMES, str(event.detail.get("when", "")))
        yield language_name(str(event.detail.get("language", "en")))
    if event.kind in (READER_ADDED, READER_REMOVED):
        yield str(event.detail.get("name", ""))
    if event.kind == "consent":
        said = CONSENTS.get((str(event.detail.get("purpose")), str(event.detail.get("act"))))
        yield str(said or "")
