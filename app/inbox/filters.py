"""The filters of the list: kept in the URL, offered from the directory, so that nothing else gets through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Select

from app.access.speaking import page_language
from app.directory.catalogue import LANGUAGES, Directory, EntryPoint
from app.inbox.labels import CHANNELS, STATUSES, label, language_name
from app.reports.models import Report
from app.viewer import Viewer

Choice = tuple[str, str]
"""A value and the words for it."""


@dataclass(frozen=True)
class Choices:
    """What each filter may be set to."""

    status: tuple[Choice, ...]
    entry_point: tuple[Choice, ...]
    problem_type: tuple[Choice, ...]
    area: tuple[Choice, ...]
    channel: tuple[Choice, ...]
    language: tuple[Choice, ...]


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; None is no filter. The names are the columns' and the URL's."""

    status: str | None = None
    entry_point: str | None = None
    problem_type: str | None = None
    area: str | None = None
    channel: str | None = None
    language: str | None = None

    def narrow(self, reports: Select[Any]) -> Select[Any]:
        """The selection with these filters on it."""
        return reports.where(*(getattr(Report, name) == value for name, value in self.as_query().items()))

    def as_query(self) -> dict[str, str]:
        """The filters that are set, for a URL."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    def with_status(self, status: str | None) -> Filters:
        return replace(self, status=status)


def choices_for(viewer: Viewer, directory: Directory) -> Choices:
    """What this viewer may filter by: their own entry points and countries, and what belongs to them."""
    entry_points = entry_points_of(viewer, directory)
    countries = {entry.country for entry in entry_points} | ({viewer.country} if viewer.country else set())
    return Choices(
        status=tuple((status, label(STATUSES, status)) for status in STATUSES),
        entry_point=tuple((entry.slug, entry.name_in(page_language())) for entry in entry_points),
        problem_type=tuple((p.slug, p.name_in(page_language())) for entry in entry_points for p in entry.problems),
        area=_by_name((area.code, area.name) for area in directory.areas if area.country in countries),
        channel=tuple((channel, label(CHANNELS, channel)) for channel in CHANNELS),
        language=_by_name((language, language_name(language)) for language in LANGUAGES),
    )


def read_filters(query: Mapping[str, str], choices: Choices) -> Filters:
    """The filters in this query string. A value that is not offered is no filter."""
    offered = {name: {value for value, _ in getattr(choices, name)} for name in asdict(Filters())}
    return Filters(**{name: query[name] for name, values in offered.items() if query.get(name) in values})


def entry_points_of(viewer: Viewer, directory: Directory) -> tuple[EntryPoint, ...]:
    """The entry points whose reports this viewer may come across."""
    return tuple(
        entry
        for entry in directory.entry_points
        if entry.slug in viewer.entry_points or entry.country == viewer.country
    )


def _by_name(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted(choices, key=lambda choice: choice[1].casefold()))
