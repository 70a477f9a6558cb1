"""Bringing the directory's data files into the database, once per version of the files."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import delete, inspect, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.directory.catalogue import Directory, Word
from app.directory.models import (
    AreaRow,
    CountryRow,
    DirectoryEdition,
    DirectoryRow,
    EntryPointRow,
    PartnerRow,
    ProblemTypeRow,
    ServiceRow,
    WordRow,
)
from app.directory.reading import read_directory
from app.directory.web import add_web_channels

DATA = Path(__file__).parent / "data"

ONLY_EDITION = 1

Values = dict[str, Any]


def load_data_files(session: Session) -> bool:
    """Store what the data files say, and open the web form of each country. Returns whether that was anything new;
    raises DirectoryError."""
    directory = read_directory(DATA)
    changed = load(session, directory)
    session.flush()
    if add_web_channels(session, directory) and not changed:
        touch(session)
        return True
    return changed


def load(session: Session, directory: Directory) -> bool:
    """Store this directory; returns False, having changed nothing, if these very data were loaded before.

    Rows that reports point to are never deleted; services and words are replaced as a whole.
    """
    data_hash = _hash(directory)
    edition = session.get(DirectoryEdition, ONLY_EDITION, with_for_update=True)
    if edition and edition.data_hash == data_hash:
        return False
    _store(session, directory)
    number = edition.number + 1 if edition else 1
    session.merge(DirectoryEdition(id=ONLY_EDITION, number=number, data_hash=data_hash))
    return True


def edition_number(session: Session) -> int | None:
    """Which edition of the directory stands in the database; None before the first load."""
    return session.scalars(select(DirectoryEdition.number)).one_or_none()


def touch(session: Session) -> None:
    """Tell every process that its copy of the directory is old."""
    edition = session.get_one(DirectoryEdition, ONLY_EDITION, with_for_update=True)
    edition.number += 1


def _store(session: Session, directory: Directory) -> None:
    _upsert(session, CountryRow, [asdict(country) for country in directory.countries])
    _upsert(session, AreaRow, [asdict(area) for area in directory.areas])
    _upsert(session, PartnerRow, [asdict(partner) for partner in directory.partners])
    _upsert(session, EntryPointRow, _entry_points(directory))
    _upsert(session, ProblemTypeRow, _problem_types(directory))
    _replace(session, ServiceRow, _services(directory))
    _replace(session, WordRow, _words(directory))


def _upsert(session: Session, model: type[DirectoryRow], rows: list[Values]) -> None:
    keys = [column.name for column in inspect(model).primary_key]
    statement = insert(model).values(rows)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    session.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))


def _replace(session: Session, model: type[DirectoryRow], rows: list[Values]) -> None:
    session.execute(delete(model))
    session.execute(insert(model), rows)


def _entry_points(directory: Directory) -> list[Values]:
    names = ("slug", "country", "sector", "name", "issue", "focus", "cofog", "names")
    return [{name: getattr(entry, name) for name in names} for entry in directory.entry_points]


def _problem_types(directory: Directory) -> list[Values]:
    return [
        {**asdict(problem), "entry_point": entry.slug, "position": position}
        for entry in directory.entry_points
        for position, problem in enumerate(entry.problems)
    ]


def _services(directory: Directory) -> list[Values]:
    return [
        {**asdict(service), "entry_point": entry.slug}
        for entry in directory.entry_points
        for service in entry.serving
    ]


def _words(directory: Directory) -> list[Values]:
    places = (*directory.entry_points, *directory.elsewhere)
    return [_word(word, place.country, place.sector) for place in places for word in place.words]


def _word(word: Word, country: str, sector: str) -> Values:
    return {**asdict(word), "country": country, "sector": sector}


def _hash(directory: Directory) -> str:
    parts = (directory.countries, directory.areas, directory.partners, directory.entry_points, directory.elsewhere)
    return hashlib.sha256(repr(parts).encode()).hexdigest()
