"""The directory as it stands in the database, read back into frozen data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from app.directory.catalogue import (
    Area,
    Country,
    Directory,
    Elsewhere,
    EntryPoint,
    Partner,
    ProblemType,
    Service,
    Word,
)
from app.directory.models import (
    AreaRow,
    CountryRow,
    DirectoryRow,
    EntryPointRow,
    PartnerRow,
    ProblemTypeRow,
    ServiceRow,
    WordRow,
)


def read_stored(session: Session) -> Directory:
    """The whole directory, in seven statements; meant to be kept until its edition changes."""
    words = _grouped(_all(session, WordRow, WordRow.id), lambda row: (row.country, row.sector))
    entry_points = _entry_points(session, words)
    return Directory(
        countries=tuple(_country(row) for row in _all(session, CountryRow, CountryRow.code)),
        areas=tuple(_area(row) for row in _all(session, AreaRow, AreaRow.code)),
        partners=tuple(_partner(row) for row in _all(session, PartnerRow, PartnerRow.slug)),
        entry_points=entry_points,
        elsewhere=_elsewhere(words, {(entry.country, entry.sector) for entry in entry_points}),
    )


def _entry_points(session: Session, words: dict[Any, list[WordRow]]) -> tuple[EntryPoint, ...]:
    services = _grouped(_all(session, ServiceRow, ServiceRow.id), lambda row: row.entry_point)
    problems = _grouped(_all(session, ProblemTypeRow, ProblemTypeRow.position), lambda row: row.entry_point)
    return tuple(
        EntryPoint(
            slug=row.slug,
            country=row.country,
            sector=row.sector,
            name=row.name,
            issue=row.issue,
            focus=row.focus,
            cofog=tuple(row.cofog),
            serving=tuple(map(_service, services[row.slug])),
            problems=tuple(_problem(problem) for problem in problems[row.slug] if not problem.retired),
            retired=tuple(_problem(problem) for problem in problems[row.slug] if problem.retired),
            words=tuple(map(_word, words[row.country, row.sector])),
            names=row.names,
        )
        for row in _all(session, EntryPointRow, EntryPointRow.slug)
    )


def _elsewhere(words: dict[Any, list[WordRow]], served: set[tuple[str, str]]) -> tuple[Elsewhere, ...]:
    return tuple(
        Elsewhere(country, sector, tuple(map(_word, rows)))
        for (country, sector), rows in sorted(words.items())
        if (country, sector) not in served and rows
    )


def _all(session: Session, model: type[DirectoryRow], order: Any) -> list[Any]:
    """The rows as bare tuples: seven thousand objects that nobody will change would take four times as long."""
    columns = [getattr(model, column.key) for column in inspect(model).column_attrs]
    return list(session.execute(select(*columns).order_by(order)))


def _grouped(rows: Iterable[Any], key: Any) -> dict[Any, list[Any]]:
    groups: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _country(row: CountryRow) -> Country:
    return Country(
        row.code, row.name, row.dialling_code, row.currency, tuple(row.languages), row.timezone, row.desk
    )


def _area(row: AreaRow) -> Area:
    return Area(row.code, row.name, row.country, tuple(row.spoken), row.names)


def _partner(row: PartnerRow) -> Partner:
    return Partner(row.slug, row.name, row.acronym, row.kind, row.country)


def _service(row: ServiceRow) -> Service:
    return Service(row.partner, row.role, row.lead, tuple(row.areas), row.valid_from, row.valid_to)


def _problem(row: ProblemTypeRow) -> ProblemType:
    return ProblemType(row.slug, row.name, row.gap_kind, row.sensitive, row.names)


def _word(row: WordRow) -> Word:
    return Word(row.text, row.language, row.problem, row.kind, row.beyond)
