"""The directory as it stands in the database, read back into frozen data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from app.directory.catalogue import (
    Answer,
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
from app.directory.money import PARTS, Programme


def read_stored(session: Session) -> Directory:
    """The whole directory, in eight statements; meant to be kept until its edition changes."""
    words = _grouped(_all(session, WordRow, WordRow.id), lambda row: (row.country, row.sector))
    partners = tuple(_partner(row) for row in _all(session, PartnerRow, PartnerRow.slug))
    entry_points = _entry_points(session, words, {partner.slug: partner for partner in partners})
    return Directory(
        countries=tuple(_country(row) for row in _all(session, CountryRow, CountryRow.code)),
        areas=tuple(_area(row) for row in _all(session, AreaRow, AreaRow.code)),
        partners=partners,
        entry_points=entry_points,
        elsewhere=_elsewhere(words, {(entry.country, entry.sector) for entry in entry_points}),
    )


def _entry_points(
    session: Session, words: dict[Any, list[WordRow]], partners: dict[str, Partner]
) -> tuple[EntryPoint, ...]:
    services = _grouped(_all(session, ServiceRow, ServiceRow.id), lambda row: row.entry_point)
    problems = _grouped(_all(session, ProblemTypeRow, ProblemTypeRow.position), lambda row: row.entry_point)
    answers = _grouped(_all(session, AnswerRow, AnswerRow.id), lambda row: row.entry_point)
    return tuple(
        EntryPoint(
            slug=row.slug,
            country=row.country,
            sector=row.sector,
            name=row.name,
            issue=row.issue,
            focus=row.focus,
            cofog=tuple(row.cofog),
            serving=tuple(_service(one, partners[one.partner]) for one in services[row.slug]),
            problems=tuple(_problem(problem) for problem in problems[row.slug] if not problem.retired),
            retired=tuple(_problem(problem) for problem in problems[row.slug] if problem.retired),
            words=tuple(map(_word, words[row.country, row.sector])),
            names=row.names,
            programmes=tuple(map(_programme, row.programmes)),
            actors={part: tuple(row.actors[part]) for part in PARTS if part in row.actors},
            answers=tuple(Answer(answer.name, answer.texts) for answer in answers[row.slug]),
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
    return Area(row.code, row.name, row.country, tuple(row.spoken), row.names, row.aliases)


def _partner(row: PartnerRow) -> Partner:
    return Partner(row.slug, row.name, row.acronym, row.kind, row.country, row.valid_from, row.valid_to)


def _service(row: ServiceRow, partner: Partner) -> Service:
    named = (row.partner, row.role, row.lead, tuple(row.areas), row.valid_from, row.valid_to, row.office)
    return Service(*named, partner.valid_from, partner.valid_to)


def _programme(values: dict[str, Any]) -> Programme:
    days = {name: date.fromisoformat(values[name]) if values[name] else None for name in ("valid_from", "valid_to")}
    lists = {name: tuple(values[name]) for name in ("aliases", "cofog")}
    return Programme(**{**values, **days, **lists})


def _problem(row: ProblemTypeRow) -> ProblemType:
    return ProblemType(row.slug, row.name, row.gap_kind, row.sensitive, row.names)


def _word(row: WordRow) -> Word:
    return Word(row.text, row.language, row.problem, row.kind, row.beyond)
