"""Correcting a text: checked, kept as one more version, and said everywhere within five seconds.

The directory's edition counts corrections too: every process looks at its number, and reads both anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from app.directory.catalogue import Directory
from app.directory.current import current_directory, keep_along
from app.directory.models import DirectoryEdition, countries_of
from app.directory.versions import LONGEST_WHY, ONLY_EDITION, NoReason, NothingChanged, by
from app.language import Corrections, correct, in_catalogue
from app.translating.catalogues import TRANSLATED, template
from app.translating.checking import Fault, try_out
from app.translating.models import TextCorrection
from app.viewer import Viewer, current_viewer

LONGEST = 2_000
"""Characters of a correction; the longest text has under 400."""


class NotYours(PermissionError):
    """No country where this person leads offers this language."""


class Faulty(ValueError):
    """The correction cannot be said; `faults` tell why."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("faulty")
        self.faults = faults


class Overtaken(ValueError):
    """Somebody else corrected the text in the meantime; `now` is what is said."""

    def __init__(self, now: str) -> None:
        super().__init__("corrected by somebody else in the meantime")
        self.now = now


@dataclass(frozen=True)
class Wish:
    """`said` is to be said in this language for the English `text`, which was said as `was` when it was opened."""

    language: str
    text: str
    was: str
    said: str
    why: str


def follow(app: Flask) -> None:
    """Say in this application what is corrected, from then on when it is corrected."""
    keep_along(app, lambda session: correct(app, read_corrections(session)))


def read_corrections(session: Session) -> Corrections:
    """What is said otherwise than in the catalogues today."""
    return {(row.language, row.text): row.said for row in _newest(session) if row.said is not None}


def corrections_of(session: Session, code: str) -> dict[str, str]:
    """Likewise of one language, by its English."""
    return {text: said for (language, text), said in read_corrections(session).items() if language == code}


def history(session: Session, code: str, text: str) -> list[TextCorrection]:
    """Every correction of this text, the newest first."""
    mine = select(TextCorrection).where(TextCorrection.language == code, TextCorrection.text == text)
    return list(session.scalars(mine.order_by(TextCorrection.number.desc())))


def languages_of(viewer: Viewer, directory: Directory) -> tuple[str, ...]:
    """The languages that this viewer may correct: all, or those offered in the countries where they lead."""
    if viewer.kind != "partner_lead":
        return TRANSLATED
    offered = {code for one in directory.countries if one.code in countries_of(viewer) for code in one.languages}
    return tuple(code for code in TRANSLATED if code in offered)


def country_of(viewer: Viewer, directory: Directory, code: str) -> str | None:
    """For which country this viewer speaks; None for all. Raises NotYours."""
    if code not in languages_of(viewer, directory):
        raise NotYours(code)
    if viewer.kind != "partner_lead":
        return None
    mine = countries_of(viewer)
    return next(one.code for one in directory.countries if one.code in mine and code in one.languages)


def save(session: Session, wish: Wish) -> TextCorrection:
    """Make this correction.

    Raises LookupError where there is no such text, NotYours, Faulty, NoReason, NothingChanged, Overtaken.
    """
    if wish.text not in template():
        raise LookupError(wish.text)
    directory = current_directory()
    country = country_of(current_viewer(), directory, wish.language)
    why, said = " ".join(wish.why.split())[:LONGEST_WHY], _as_said(wish)
    faults = try_out(directory, wish.language, wish.text, said).faults
    if faults:
        raise Faulty(faults)
    if not why:
        raise NoReason
    return _add(session, wish, country, said, why)


def _add(session: Session, wish: Wish, country: str | None, said: str, why: str) -> TextCorrection:
    edition = session.get_one(DirectoryEdition, ONLY_EDITION, with_for_update=True, populate_existing=True)
    now = said_now(session, wish.language, wish.text)
    if said == now:
        raise NothingChanged(wish.text)
    if wish.was != now:
        raise Overtaken(now)
    catalogued = said == in_catalogue(wish.language, wish.text)
    row = TextCorrection(
        language=wish.language,
        country=country,
        text=wish.text,
        said=None if catalogued else said,
        was=now,
        why=why,
        by=by(current_viewer()),
    )
    session.add(row)
    edition.number += 1
    session.flush()
    return row


def said_now(session: Session, code: str, text: str) -> str:
    """What is said at this moment, past every copy."""
    past = history(session, code, text)
    return (past[0].said if past else None) or in_catalogue(code, text)


def _as_said(wish: Wish) -> str:
    return wish.said.strip()[:LONGEST]


def _newest(session: Session) -> Iterable[TextCorrection]:
    each = select(TextCorrection).ext(distinct_on(TextCorrection.language, TextCorrection.text))
    return session.scalars(
        each.order_by(TextCorrection.language, TextCorrection.text, TextCorrection.number.desc())
    )
