"""Bring the directory's rows to what a directory says, changing those rows only that differ.

What reports point to is kept: a problem type that is still in use is retired instead of deleted; whatever else is
in use cannot go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.directory.catalogue import Directory, EntryPoint, Service, Word
from app.directory.models import (
    AnswerRow,
    AreaRow,
    CountryRow,
    DirectoryRow,
    EntryPointRow,
    PartnerRow,
    ProblemTypeRow,
    ServiceRow,
    WordRow,
)
from app.directory.money import Programme

Values = dict[str, Any]
Rows = dict[str, Values]
OF_THE_PARTNER = frozenset({"partner_from", "partner_to"})
"""What a service knows of its partner, whose row keeps it."""

FACTS = ("slug", "country", "sector", "name", "issue", "focus", "cofog", "names")


class StillUsed(ValueError):
    """This row cannot go: accounts, reports or others of the directory hang on it."""

    def __init__(self, key: str) -> None:
        super().__init__(f"{key} is still in use and cannot be removed")
        self.key = key


def store(session: Session, old: Directory, new: Directory) -> None:
    """Change the rows from `old`, which they say now, to `new`. Raises StillUsed."""
    for model, rows in _BY_KEY:
        _put(session, model, rows(old), rows(new))
        session.flush()
    _put_services(session, old, new)
    _put_answers(session, old, new)
    _put_words(session, old, new)
    session.flush()
    for model, rows in reversed(_BY_KEY):
        for key in _in_use(rows(old)) - rows(new).keys():
            _remove(session, session.get_one(model, key))


def _in_use(rows: Rows) -> set[str]:
    return {key for key, values in rows.items() if not values.get("retired")}


def _put(session: Session, model: type[DirectoryRow], old: Rows, new: Rows) -> None:
    for key, values in new.items():
        if key not in old:
            session.add(model(**values))
        elif values != old[key]:
            _change(session.get_one(model, key), values)


def _change(row: DirectoryRow, values: Values) -> None:
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def _remove(session: Session, row: Any) -> None:
    """Delete the row, or leave it out of use where something hangs on it."""
    try:
        with session.begin_nested():
            session.delete(row)
            session.flush()
    except IntegrityError:
        _keep_out_of_use(session, row)


def _keep_out_of_use(session: Session, row: Any) -> None:
    if isinstance(row, ProblemTypeRow):
        session.get_one(ProblemTypeRow, row.slug).retired = True
        session.flush()
    else:
        raise StillUsed(row.slug if isinstance(row, EntryPointRow | PartnerRow) else row.code)


def _put_services(session: Session, old: Directory, new: Directory) -> None:
    """Their order matters, so those of an entry point are written anew together."""
    before = {entry.slug: entry.serving for entry in old.entry_points}
    after = {entry.slug: entry.serving for entry in new.entry_points}
    for slug in before.keys() | after.keys():
        if before.get(slug) != after.get(slug):
            found = select(ServiceRow).where(ServiceRow.entry_point == slug)
            _replace(session, session.scalars(found), (_service(one, slug) for one in after.get(slug, ())))


def _put_answers(session: Session, old: Directory, new: Directory) -> None:
    before = {entry.slug: entry.answers for entry in old.entry_points}
    after = {entry.slug: entry.answers for entry in new.entry_points}
    for slug in sorted(before.keys() | after.keys()):
        if before.get(slug, ()) != after.get(slug, ()):
            found = select(AnswerRow).where(AnswerRow.entry_point == slug)
            wanted = (AnswerRow(**asdict(one), entry_point=slug) for one in after.get(slug, ()))
            _replace(session, session.scalars(found), wanted)


def _put_words(session: Session, old: Directory, new: Directory) -> None:
    """Likewise the words of a sector in a country."""
    before, after = _words(old), _words(new)
    for country, sector in sorted(before.keys() | after.keys()):
        wanted = after.get((country, sector), ())
        if before.get((country, sector), ()) != wanted:
            found = select(WordRow).where(WordRow.country == country, WordRow.sector == sector)
            _replace(session, session.scalars(found), (_word(one, country, sector) for one in wanted))


def _replace(session: Session, old: Iterable[DirectoryRow], new: Iterable[DirectoryRow]) -> None:
    for row in old:
        session.delete(row)
    session.add_all(new)


def _words(directory: Directory) -> dict[tuple[str, str], tuple[Word, ...]]:
    return {(one.country, one.sector): one.words for one in (*directory.entry_points, *directory.elsewhere)}


def _word(word: Word, country: str, sector: str) -> WordRow:
    return WordRow(**asdict(word), country=country, sector=sector)


def _service(service: Service, entry_point: str) -> ServiceRow:
    values = {name: value for name, value in asdict(service).items() if name not in OF_THE_PARTNER}
    return ServiceRow(**_listed(values), entry_point=entry_point)


def _plain(listed: Callable[[Directory], Iterable[Any]], key: str) -> Callable[[Directory], Rows]:
    return lambda directory: {getattr(one, key): _listed(asdict(one)) for one in listed(directory)}


def _entry_points(directory: Directory) -> Rows:
    return {entry.slug: _facts(entry) for entry in directory.entry_points}


def _facts(entry: EntryPoint) -> Values:
    plain = _listed({name: getattr(entry, name) for name in FACTS})
    actors = {part: list(offices) for part, offices in entry.actors.items()}
    return {**plain, "programmes": [_programme(one) for one in entry.programmes], "actors": actors}


def _programme(programme: Programme) -> Values:
    """JSON has no days: they are told as in ISO 8601."""
    values = _listed(asdict(programme))
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _problem_types(directory: Directory) -> Rows:
    return {slug: values for entry in directory.entry_points for slug, values in _problems_of(entry).items()}


def _problems_of(entry: EntryPoint) -> Rows:
    """Those in use, in their order, after those retired, whose place no longer matters."""
    retired = [(problem, 0, True) for problem in entry.retired if problem.slug not in _slugs(entry)]
    used = [(problem, position, False) for position, problem in enumerate(entry.problems)]
    return {
        problem.slug: {**asdict(problem), "entry_point": entry.slug, "position": position, "retired": out}
        for problem, position, out in (*retired, *used)
    }


def _slugs(entry: EntryPoint) -> set[str]:
    return {problem.slug for problem in entry.problems}


def _listed(values: Values) -> Values:
    """PostgreSQL's arrays are lists."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


_BY_KEY: tuple[tuple[type[DirectoryRow], Callable[[Directory], Rows]], ...] = (
    (CountryRow, _plain(lambda directory: directory.countries, "code")),
    (AreaRow, _plain(lambda directory: directory.areas, "code")),
    (PartnerRow, _plain(lambda directory: directory.partners, "slug")),
    (EntryPointRow, _entry_points),
    (ProblemTypeRow, _problem_types),
)
"""In the order in which each points to those before it."""
