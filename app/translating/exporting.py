"""Corrections and sign-offs written back as catalogues, to be kept with the code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from sqlalchemy.orm import Session

from app.translating.catalogues import DRAFT, SIGNED, TRANSLATIONS
from app.translating.correcting import corrections_of
from app.translating.standing import Standing, newest_sign_off, standing

WIDTH = 76
"""Of a line, as `pybabel update` writes it."""


def export(session: Session, folder: Path, code: str) -> dict[str, Any]:
    """Write this language's catalogue into the folder as it is said today; returns what was done."""
    corrected, stands = corrections_of(session, code), standing(session, code)
    source = TRANSLATIONS / code / "LC_MESSAGES" / "messages.po"
    with source.open("rb") as file:
        found = read_po(file, locale=code, domain="messages")
    left_out = sorted(text for text, said in corrected.items() if not _put(found, text, said))
    found.header_comment = _header(session, found.header_comment, stands)
    target = folder / code / "LC_MESSAGES" / "messages.po"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_po(file, found, width=WIDTH, ignore_obsolete=True)
    done = {"language": code, "corrections": len(corrected) - len(left_out), "left_out": left_out}
    return {**done, "state": stands.state, "file": str(target)}


def _put(found: Catalog, text: str, said: str) -> bool:
    """Whether the catalogue still has this text."""
    message = found.get(text)
    if message is None:
        return False
    message.string = said
    message.flags.discard("fuzzy")
    return True


def _header(session: Session, header: str, stands: Standing) -> str:
    """With the line that says whether it is signed off as it stands."""
    newest = newest_sign_off(session, stands.code)
    line = DRAFT
    if stands.state == "signed":
        line = SIGNED[1] + (f"{newest.by.partition(':')[0]}, {newest.at:%Y-%m-%d}" if newest else stands.by)
    return "\n".join(line if _as_line(one).startswith(SIGNED) else one for one in header.splitlines())


def _as_line(line: str) -> str:
    return line if line.startswith("#") else f"# {line}"
