"""Finding reports by the words in them: what the person wrote, and the notes of staff.

Accents and case do not matter, and a word may be cut short: "medicam" finds "médicaments". PostgreSQL's
configuration `simple` is used because none of the others knows most of our languages.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from typing import Any

from sqlalchemy import ColumnElement, Select, Uuid, any_, bindparam, cast, func, or_, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY, REGCONFIG, TSQUERY

from app.reports.models import Event, IncomingMessage, Report
from app.reports.sensitive import is_not_sensitive
from sms.text import clean

LONGEST_SEARCH = 200
"""Characters; more than anybody types into a search."""

Found = frozenset[uuid.UUID]

MARKS = frozenset(map(chr, range(0x300, 0x370)))
LETTERS = str.maketrans("ɛɔɓɗƙƴɖƒɣŋʋøł", "eobdkydfgnvol")
"""What the function `folded` of the database takes away and replaces."""

WORD = re.compile(r"[\w\u0300-\u036f\u0900-\u0dff\u200c\u200d]+")
"""Vowel signs are no letters to `\\w`, but parts of their words."""


def reports_with(words: str, most: int) -> Select[tuple[uuid.UUID]]:
    """The ids of visible reports that hold all these words, in a message or in a note: of each kind at most so
    many, and some twice. By the indexes of words alone."""
    said = select(IncomingMessage.report_id).where(IncomingMessage.searched.bool_op("@@")(_query(words)))
    in_notes = select(Event.report_id).where(noted(words))
    each = union_all(*(select(one.limit(most).subquery()) for one in (said, in_notes))).subquery()
    return select(each.c.report_id).where(each.c.report_id.is_not(None))


def with_words(reports: Select[Any], words: str, few: Found | None) -> Select[Any]:
    """The selection with only those reports in which all these words stand together, in a message or in a note.

    `few`: those that hold them. Where it is None the words are common, and each report is looked at in its turn,
    which soon fills a page. Sensitive reports are never found by their words: contracts, Consent.
    """
    known = bindparam("few", list(few or ()), ARRAY(Uuid))  # named, so that it is sent once, not with every count
    found = Report.id == any_(known) if few is not None else holds(words)
    return reports.where(found, is_not_sensitive())


def holds(words: str) -> ColumnElement[bool]:
    """For each report anew: a subquery that gives one value is never worked out for all reports at once."""
    said = IncomingMessage.searched.bool_op("@@")(_query(words))
    in_messages = select(IncomingMessage.id).where(IncomingMessage.report_id == Report.id, said)
    in_notes = select(Event.id).where(Event.report_id == Report.id, noted(words))
    return or_(*(one.limit(1).correlate(Report).scalar_subquery().is_not(None) for one in (in_messages, in_notes)))


def noted(words: str) -> ColumnElement[bool]:
    """Whether all these words stand in this note."""
    return Event.searched.bool_op("@@")(_query(words))


def sought_words(text: str) -> tuple[str, ...]:
    """The beginnings of words for which this text searches, folded."""
    return tuple(folded(found[0]) for found in WORD.finditer(clean(text)))


def folded(word: str) -> str:
    """In small letters without accents, as the function `folded` of the database does it."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if c not in MARKS)
    return plain.translate(LETTERS)


def _query(words: str) -> ColumnElement[Any]:
    """Each word as the beginning of one. Quoted, so that nothing in it is an operator."""
    quoted = (word.replace("\\", "").replace("'", "''") for word in clean(words).split())
    text = " & ".join(f"'{word}':*" for word in quoted if word)
    simple = cast("simple", REGCONFIG)
    return func.to_tsquery(simple, func.folded(text), type_=TSQUERY)
