"""What an edit would change besides itself: the newest reports that the editor may read, read again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.directory.catalogue import Directory
from app.reports.models import Report
from app.reports.sensitive import is_not_sensitive
from app.understanding.fold import words_of
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


@dataclass(frozen=True)
class Clash:
    """A word that is new for one sector and speaks for others of the country too: `sectors` are those."""

    text: str
    sectors: tuple[str, ...]


def clashes_of(country: str, before: Directory, after: Directory) -> tuple[Clash, ...]:
    """The new words of this country that would pull messages away from other sectors. Hints tell no sector."""
    known, spoken = _speaking(country, before), _speaking(country, after)
    new = {
        (phrase, sector) for phrase, by in spoken.items() for sector in by if sector not in known.get(phrase, {})
    }
    return tuple(
        Clash(spoken[phrase][sector], tuple(other for other in spoken[phrase] if other != sector))
        for phrase, sector in sorted(new)
        if len(spoken[phrase]) > 1
    )


def _speaking(country: str, directory: Directory) -> dict[str, dict[str, str]]:
    """Each folded phrase, by the sectors that it speaks for, as it is written there."""
    spoken: dict[str, dict[str, str]] = defaultdict(dict)
    for place in (*directory.entry_points, *directory.elsewhere):
        for word in place.words if place.country == country else ():
            if word.kind != "hint":
                spoken[" ".join(words_of(word.text))].setdefault(place.sector, word.text)
    return spoken


def effects_of(session: Session, country: str, before: Directory, after: Directory) -> Effects:
    """Read the newest reports of this country again. The session's viewer decides which those are."""
    newest = (
        select(Report)
        .where(Report.country == country, is_not_sensitive())
        .order_by(Report.created_at.desc())
        .limit(NEWEST)
    )
    found = session.scalars(newest.options(selectinload(Report.messages))).all()
    told = [(report.reference, report.messages[0].body) for report in found if report.messages]
    read = (Effect(name, *(understand(text, country, one) for one in (before, after))) for name, text in told)
    return Effects(tuple(one for one in read if _matter(one.before) != _matter(one.after)), len(told))


def _matter(meaning: Meaning) -> tuple[str | None, ...]:
    return meaning.kind, meaning.sector, meaning.problem_type, meaning.area
