"""How a language stands: how much of it there is, what was corrected, and whether a speaker signed it off."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.directory.current import current_directory
from app.directory.models import DirectoryEdition
from app.directory.versions import ONLY_EDITION, by
from app.language import in_catalogue
from app.translating.catalogues import DRAFT, SIGNED, sign_off, template, translations
from app.translating.correcting import corrections_of, country_of
from app.translating.models import LanguageSignOff
from app.viewer import current_viewer

State = Literal["draft", "signed", "changed"]


class AlreadySo(ValueError):
    """The language stands so already."""


@dataclass(frozen=True)
class Standing:
    """`state`: nobody signed it off, somebody did, or somebody did and a text changed since. `by`: who and when."""

    code: str
    translated: int
    messages: int
    corrected: int
    state: State
    by: str = ""

    @property
    def is_complete(self) -> bool:
        return self.translated == self.messages


def standing(session: Session, code: str) -> Standing:
    """How this language stands today."""
    corrected = corrections_of(session, code)
    said = translations(code)
    whole = sum(bool(corrected.get(text) or said.get(text)) for text in template())
    state, who = _signed(session, code, corrected)
    return Standing(code, whole, len(template()), len(corrected), state, who)


def sign(session: Session, code: str, holds: bool) -> None:
    """Say that every text of this language is good as it stands now, or take that back.

    Raises NotYours, AlreadySo."""
    viewer, directory = current_viewer(), current_directory()
    country = country_of(viewer, directory, code)
    session.get_one(DirectoryEdition, ONLY_EDITION, with_for_update=True)
    if (standing(session, code).state == "signed") == holds:
        raise AlreadySo(code)
    found = fingerprint(code, corrections_of(session, code))
    session.add(LanguageSignOff(language=code, country=country, fingerprint=found, holds=holds, by=by(viewer)))


def fingerprint(code: str, corrected: dict[str, str]) -> str:
    """Of all that is said in this language."""
    said = sorted((text, corrected.get(text) or in_catalogue(code, text)) for text in template())
    return hashlib.sha256(repr(said).encode()).hexdigest()


def newest_sign_off(session: Session, code: str) -> LanguageSignOff | None:
    mine = select(LanguageSignOff).where(LanguageSignOff.language == code)
    return session.scalars(mine.order_by(LanguageSignOff.number.desc()).limit(1)).one_or_none()


def _signed(session: Session, code: str, corrected: dict[str, str]) -> tuple[State, str]:
    """In the product, else in the catalogue's header, which knows of no correction."""
    newest = newest_sign_off(session, code)
    if newest is not None:
        state: State = "signed" if newest.fingerprint == fingerprint(code, corrected) else "changed"
        return (state, f"{newest.by}, {newest.at:%Y-%m-%d}") if newest.holds else ("draft", "")
    header = sign_off(code) or DRAFT
    if header == DRAFT:
        return "draft", ""
    return "changed" if corrected else "signed", header.removeprefix(SIGNED[1])
