"""The list of gaps: those that people spoke of last come first."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.access.speaking import page_language
from app.directory.catalogue import Directory, EntryPoint
from app.gaps.models import Gap
from app.gaps.naming import area_name, entry_point_name, problem_name
from app.gaps.paging import Key, Page, page_of
from app.viewer import Viewer

NEWEST = Key(Gap.last_seen, Gap.id, uuid.UUID)
Choice = tuple[str, str]


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; None is no filter. The names are the URL's."""

    entry_point: str | None = None
    problem_type: str | None = None
    area: str | None = None

    def as_query(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True)
class Choices:
    """What each filter may be set to."""

    entry_point: tuple[Choice, ...]
    problem_type: tuple[Choice, ...]
    area: tuple[Choice, ...]


@dataclass(frozen=True)
class Row:
    """One gap as the list shows it; `problem` is None where only its kind is known."""

    id: uuid.UUID
    problem: str | None
    gap_kind: str | None
    entry_point: str
    area: str
    reports: int
    people: int
    first_seen: datetime
    last_seen: datetime
    case_id: int | None


def choices_for(viewer: Viewer, directory: Directory) -> Choices:
    """What this viewer may filter by: what belongs to their own entry points."""
    mine = _entry_points(viewer, directory)
    countries, language = {entry.country for entry in mine}, page_language()
    areas = ((area.code, area.name) for area in directory.areas if area.country in countries)
    return Choices(
        entry_point=tuple((entry.slug, entry.name_in(language)) for entry in mine),
        problem_type=tuple(
            (problem.slug, problem.name_in(language)) for entry in mine for problem in entry.problems
        ),
        area=tuple(sorted(areas, key=lambda choice: choice[1].casefold())),
    )


def read_filters(query: Mapping[str, str], choices: Choices) -> Filters:
    """The filters in this query string. A value that is not offered is no filter."""
    offered = {name: {value for value, _ in getattr(choices, name)} for name in asdict(Filters())}
    return Filters(**{name: query[name] for name, values in offered.items() if query.get(name) in values})


def page_of_gaps(session: Session, filters: Filters, before: str | None) -> Page[Gap]:
    """One page of the gaps that the viewer may see and that any report still belongs to."""
    return page_of(session, _narrowed(filters), NEWEST, before)


def rows_of(page: Page[Gap], directory: Directory) -> tuple[Row, ...]:
    return tuple(_row(gap, directory) for gap in page.rows)


def _narrowed(filters: Filters) -> Select[Any]:
    wanted = (getattr(Gap, name) == value for name, value in filters.as_query().items())
    return select(Gap).where(Gap.reports > 0, *wanted)


def _row(gap: Gap, directory: Directory) -> Row:
    return Row(
        id=gap.id,
        problem=problem_name(gap, directory),
        gap_kind=gap.gap_kind,
        entry_point=entry_point_name(gap, directory),
        area=area_name(gap, directory),
        reports=gap.reports,
        people=gap.people,
        first_seen=gap.first_seen or gap.created_at,
        last_seen=gap.last_seen or gap.created_at,
        case_id=gap.case_id,
    )


def _entry_points(viewer: Viewer, directory: Directory) -> tuple[EntryPoint, ...]:
    return tuple(entry for entry in directory.entry_points if entry.slug in viewer.entry_points)
