"""Finding reports by the words in them: what the person wrote, and the notes of staff.

Accents and case do not matter, and a word may be cut short: "medicam" finds "médicaments". PostgreSQL's
configuration `simple` is used because none of the others knows most of our languages.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, cast, func, or_, select
from sqlalchemy.dialects.postgresql import REGCONFIG, TSQUERY

from app.directory.current import current_directory
from app.reports.models import Event, IncomingMessage, Report
from sms.text import clean

LONGEST_SEARCH = 200
"""Characters; more than anybody types into a search."""

SENSITIVE = "sensitive"


def with_words(reports: Select[Any], words: str) -> Select[Any]:
    """The selection with only those reports in which all these words stand together, in a message or in a note.

    Sensitive reports are never found by their words: contracts, Consent.
    """
    sought = _query(words)
    said = select(IncomingMessage.report_id).where(IncomingMessage.searched.bool_op("@@")(sought))
    noted = select(Event.report_id).where(Event.searched.bool_op("@@")(sought))
    return reports.where(or_(Report.id.in_(said), Report.id.in_(noted)), *_not_sensitive())


def _query(words: str) -> ColumnElement[Any]:
    """Each word as the beginning of one. Quoted, so that nothing in it is an operator."""
    quoted = (word.replace("\\", "").replace("'", "''") for word in clean(words).split())
    text = " & ".join(f"'{word}':*" for word in quoted if word)
    simple = cast("simple", REGCONFIG)
    return func.to_tsquery(simple, func.folded(text), type_=TSQUERY)


def _not_sensitive() -> tuple[ColumnElement[bool], ...]:
    directory = current_directory()
    slugs = [problem.slug for entry in directory.entry_points for problem in entry.problems if problem.sensitive]
    is_ordinary = or_(Report.problem_type.is_(None), Report.problem_type.not_in(slugs))
    return is_ordinary, ~Report.flags.contains([SENSITIVE])
