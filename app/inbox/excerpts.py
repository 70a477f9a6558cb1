"""What the list shows of a report's words: their beginning, or what a search has found in them or in a note."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.inbox.searching import WORD, folded, noted, sought_words
from app.photos.models import Photo
from app.reports.models import Event, IncomingMessage, Report

LONGEST = 160
"""Characters: one text message."""

BEFORE = 40
"""Characters that are kept before what was found."""


@dataclass(frozen=True)
class Excerpt:
    """`parts`: pieces of text, each with whether the search found it; `is_note` when they are of a note of staff.

    `photos` is how many came with the words.
    """

    parts: tuple[tuple[str, bool], ...] = ()
    is_note: bool = False
    photos: int = 0


def excerpts_of(session: Session, reports: Sequence[Report], searched: str | None) -> dict[uuid.UUID, Excerpt]:
    """By the report's id. One statement, and one more for the notes where a search is on."""
    sought = sought_words(searched or "")
    said: dict[uuid.UUID, list[str]] = {}
    photos: dict[uuid.UUID, int] = {}
    for report_id, body, number in session.execute(_said(reports)) if reports else ():
        said.setdefault(report_id, []).append(body)
        photos[report_id] = photos.get(report_id, 0) + number
    notes = _notes(session, reports, searched) if searched and reports else {}
    return {
        report_id: replace(_chosen(texts, notes.get(report_id, ()), sought), photos=photos[report_id])
        for report_id, texts in said.items()
    }


def _said(reports: Sequence[Report]):
    """What was said, and how many photos came with each message; most come with none."""
    photos = select(func.count(Photo.id)).where(Photo.message_id == IncomingMessage.id).scalar_subquery()
    number = case((IncomingMessage.media > 0, photos), else_=0)
    said = select(IncomingMessage.report_id, IncomingMessage.body, number)
    mine = said.where(IncomingMessage.report_id.in_([report.id for report in reports]))
    return mine.order_by(IncomingMessage.received_at, IncomingMessage.id)


def _notes(session: Session, reports: Sequence[Report], searched: str) -> dict[uuid.UUID, list[str]]:
    found = select(Event.report_id, Event.detail["text"].astext).where(noted(searched))
    notes: dict[uuid.UUID, list[str]] = {}
    for report_id, text in session.execute(found.where(Event.report_id.in_([report.id for report in reports]))):
        notes.setdefault(report_id, []).append(text)
    return notes


def _chosen(texts: Iterable[str], notes: Iterable[str], sought: tuple[str, ...]) -> Excerpt:
    """The first text in which everything sought stands, else the note that was found, else the first words."""
    said = [" ".join(text.split()) for text in texts]
    for text in said:
        if sought and _holds(text, sought):
            return Excerpt(_around(text, sought))
    for note in notes:
        return Excerpt(_around(" ".join(note.split()), sought), is_note=True)
    return Excerpt(((_cut(said[0]), False),) if said and said[0] else ())


def _holds(text: str, sought: tuple[str, ...]) -> bool:
    words = {folded(found[0]) for found in WORD.finditer(text)}
    return all(any(word.startswith(one) for word in words) for one in sought)


def _around(text: str, sought: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """The text from a little before what was found first, with every word of it marked that was sought."""
    hits = [found.span() for found in WORD.finditer(text) if folded(found[0]).startswith(sought)]
    begin = _word_before(text, hits[0][0] - BEFORE) if hits and hits[0][1] > LONGEST else 0
    end = min(len(text), begin + LONGEST)
    cut = tuple(_pieces(text, begin, end, hits))
    return ((("…", False),) if begin else ()) + cut + ((("…", False),) if end < len(text) else ())


def _pieces(text: str, begin: int, end: int, hits: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    at = begin
    for first, last in hits:
        if first >= at and last <= end:
            yield text[at:first], False
            yield text[first:last], True
            at = last
    yield text[at:end], False


def _word_before(text: str, place: int) -> int:
    return text.rfind(" ", 0, max(place, 0) + 1) + 1


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else words[:LONGEST].rstrip() + "…"
