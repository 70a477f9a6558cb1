"""What an edit would change besides itself: the newest reports that the editor may read, read again."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.directory.catalogue import Directory
from app.reports.models import Report
from app.understanding.meaning import Meaning, understand

NEWEST = 200
"""Reports that are read again: some tenths of a second, and enough to see what a word does."""


@dataclass(frozen=True)
class Effect:
    """A report whose words would be understood otherwise: as what before, as what after."""

    reference: str
    before: Meaning
    after: Meaning


@dataclass(frozen=True)
class Effects:
    """The reports that would be understood otherwise, of how many that were read again."""

    changed: tuple[Effect, ...]
    looked_at: int


def effects_of(session: Session, country: str, before: Directory, after: Directory) -> Effects:
    """Read the newest reports of this country again. The session's viewer decides which those are."""
    newest = select(Report).where(Report.country == country).order_by(Report.created_at.desc()).limit(NEWEST)
    found = session.scalars(newest.options(selectinload(Report.messages))).all()
    told = [(report.reference, report.messages[0].body) for report in found if report.messages]
    read = (Effect(name, *(understand(text, country, one) for one in (before, after))) for name, text in told)
    return Effects(tuple(one for one in read if _matter(one.before) != _matter(one.after)), len(told))


def _matter(meaning: Meaning) -> tuple[str | None, ...]:
    return meaning.kind, meaning.sector, meaning.problem_type, meaning.area
