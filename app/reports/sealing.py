"""Sealing the words of sensitive reports, and opening them for those who may read.

While a report is sealed, every row with words that hangs on it gives them up as it is flushed: a message, a line of
the timeline, an answer. Nobody who writes such a row needs to think of it. Filing, which is one statement and no
flush, does so itself (`sealed_values`).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, delete, event, inspect, or_, select
from sqlalchemy.orm import Session

from app.reports.models import Answer, Event, IncomingMessage, Report
from app.reports.sealed import ANSWER, MESSAGE, NOTE, ORIGINAL, ReportReader, SealedReading, SealedText, leads
from app.reports.sensitive import waits_to_be_sealed
from app.reports.timeline import by
from app.vault import Vault
from app.viewer import current_viewer

QUOTING = ("text", "reason")
"""What in the detail of a timeline's line are somebody's own words."""

POINTER = "sealed"
"""Where such a line says under which number its words are kept."""

WORDS, PHOTO, ORIGINAL_WORDS = "words", "photo", "original"
"""What a reading was of."""


def seal(session: Session, report: Report) -> None:
    """Move all words of this report to where only its readers find them. Doing so twice changes nothing."""
    report.sealed = True
    mine = (IncomingMessage, IncomingMessage.body != ""), (Answer, Answer.body != ""), (Event, _quotes())
    for model, has_words in mine:
        for row in session.scalars(select(model).where(model.report_id == report.id, has_words)).all():
            _give_up(session, report, row)


def unseal(session: Session, report: Report) -> None:
    """Put all words back where everybody who works on the report reads them. For those who may read them all."""
    report.sealed = False
    kept = select(SealedText).where(SealedText.report_id == report.id, SealedText.kind.in_((MESSAGE, NOTE, ANSWER)))
    texts = session.scalars(kept).all()
    words = {text.row_id: open_text(text) for text in texts}
    for model in (IncomingMessage, Answer):
        for row in session.scalars(select(model).where(model.report_id == report.id)):
            row.body = words.get(row.id, row.body)
    for line in session.scalars(select(Event).where(Event.report_id == report.id, Event.detail.has_key(POINTER))):
        line.detail = detail_of(line, words)
    for text in texts:
        session.delete(text)
    for reader in session.scalars(select(ReportReader).where(ReportReader.report_id == report.id)):
        session.delete(reader)


def seal_left(session: Session, most: int) -> Sequence[Report]:
    """Seal reports that are sensitive and are not sealed yet: those from before there were seals, and those whose
    type has become sensitive since. Returns them; one that somebody is at work on is passed over this time."""
    left = select(Report).where(waits_to_be_sealed()).order_by(Report.id).limit(most)
    found = session.scalars(left.with_for_update(skip_locked=True)).all()
    for report in found:
        seal(session, report)
    return found


def may_read(session: Session, report: Report) -> bool:
    """Whether the viewer, who sees this report, may read its words too."""
    viewer = current_viewer()
    if not report.sealed or leads(report, viewer):
        return True
    return session.get(ReportReader, (report.id, viewer.account_id)) is not None if viewer.triages else False


def opened(session: Session, report: Report) -> Mapping[uuid.UUID, str]:
    """The sealed words of this report by the number of what they belong to; noted as read where a person reads.

    Empty for a report that is not sealed, and for those who may not read it.
    """
    if not report.sealed:
        return {}
    kinds = (MESSAGE, NOTE, ANSWER)
    kept = select(SealedText).where(SealedText.report_id == report.id, SealedText.kind.in_(kinds))
    words = {text.row_id: open_text(text) for text in session.scalars(kept)}
    if words:
        note_reading(session, report, WORDS)
    return words


def note_reading(session: Session, report: Report, what: str) -> None:
    """Note that the viewer has read what is sealed. Only people are: the worker reads for somebody else."""
    viewer = current_viewer()
    if viewer.is_person:
        read = SealedReading(report=report, report_id=report.id, what=what)
        read.by, read.account_id = by(viewer), viewer.account_id
        session.add(read)


def opened_one(session: Session, kind: str, row_id: uuid.UUID) -> str | None:
    """One sealed text; None where there is none that the viewer may read."""
    text = session.get(SealedText, (kind, row_id))
    return open_text(text) if text else None


def words_of_answer(session: Session, answer: Answer) -> str:
    """What a partner has written to the person, for whoever hands it to them."""
    return answer.body or opened_one(session, ANSWER, answer.id) or ""


def detail_of(line: Event, words: Mapping[uuid.UUID, str]) -> dict[str, Any]:
    """The detail of this line of the timeline with its words, as far as they were opened."""
    detail = dict(line.detail)
    pointer = detail.pop(POINTER, None)
    kept = words.get(uuid.UUID(pointer)) if pointer else None
    return detail | (json.loads(kept) if kept else {})


def forget_words(session: Session, report: Report) -> None:
    """Delete what the person said. What staff noted stays, as it does with every report."""
    mine = SealedText.report_id == report.id, SealedText.kind.in_((MESSAGE, ORIGINAL))
    session.execute(delete(SealedText).where(*mine))


def forget_readers(session: Session, report: Report) -> None:
    """Nobody but its leads may read this report any more."""
    session.execute(delete(ReportReader).where(ReportReader.report_id == report.id))


def keep(session: Session, report: Report, kind: str, row_id: uuid.UUID, words: str) -> None:
    """Seal these words, in place of what was kept under this number."""
    found = session.get(SealedText, (kind, row_id))
    if found is not None:
        found.sealed = _sealed(kind, row_id, words)
    else:
        session.add(SealedText(report=report, **sealed_values(report.id, kind, row_id, words)))


def sealed_values(report_id: uuid.UUID, kind: str, row_id: uuid.UUID, words: str) -> dict[str, Any]:
    """The values of a sealed text."""
    return {"kind": kind, "row_id": row_id, "report_id": report_id, "sealed": _sealed(kind, row_id, words)}


def open_text(text: SealedText) -> str:
    """Raises CannotOpen for what was moved here from another row."""
    return _vault().open(text.sealed, _place(text.kind, text.row_id))


@event.listens_for(Session, "before_flush")
def _seal_what_is_written(session: Session, _context: Any, _instances: Any) -> None:
    for row in [*session.new, *session.dirty]:
        if isinstance(row, IncomingMessage | Answer | Event) and (row in session.new or _says_otherwise(row)):
            report = _report_of(session, row)
            if report is not None and report.sealed:
                _give_up(session, report, row)


def _says_otherwise(row: IncomingMessage | Answer | Event) -> bool:
    """Whether a row that was there before has other words now, or hangs on another report."""
    said = ("detail",) if isinstance(row, Event) else ("body", "report_id")
    return any(inspect(row).attrs[name].history.has_changes() for name in said)


def _report_of(session: Session, row: IncomingMessage | Answer | Event) -> Report | None:
    if vars(row).get("report") is not None:
        return row.report
    return session.get(Report, row.report_id) if row.report_id is not None else None


def _give_up(session: Session, report: Report, row: IncomingMessage | Answer | Event) -> None:
    """The row's words go to where they are sealed; it keeps the number under which they are found."""
    if isinstance(row, Event):
        _give_up_quotes(session, report, row)
    elif row.body:
        row.id = row.id or uuid.uuid4()
        session.add(SealedText(report=report, **sealed_values(report.id, _kind(row), row.id, row.body)))
        row.body = ""


def _give_up_quotes(session: Session, report: Report, line: Event) -> None:
    quotes = {name: line.detail[name] for name in QUOTING if (line.detail or {}).get(name)}
    if quotes:
        number = uuid.uuid4()
        session.add(SealedText(report=report, **sealed_values(report.id, NOTE, number, json.dumps(quotes))))
        rest = {name: value for name, value in line.detail.items() if name not in quotes}
        line.detail = rest | {POINTER: str(number)}


def _kind(row: IncomingMessage | Answer) -> str:
    return MESSAGE if isinstance(row, IncomingMessage) else ANSWER


def _quotes() -> ColumnElement[bool]:
    return or_(*(Event.detail[name].astext != "" for name in QUOTING))


def _sealed(kind: str, row_id: uuid.UUID, words: str) -> bytes:
    return _vault().seal(words, _place(kind, row_id))


def _place(kind: str, row_id: uuid.UUID) -> str:
    return f"sealed_text/{kind}/{row_id}"


def _vault() -> Vault:
    return current_app.extensions["vault"]
