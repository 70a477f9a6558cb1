"""The filters of the list: kept in the URL, offered from the directory, so that nothing else gets through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Select

from app.access.speaking import page_language
from app.directory.catalogue import LANGUAGES, Directory, EntryPoint
from app.inbox.labels import CHANNELS, STATUSES, WHOSE, label, language_name
from app.inbox.searching import LONGEST_SEARCH, with_words
from app.reports.models import Report
from app.viewer import Viewer, current_viewer

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
    whose: tuple[Choice, ...]


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; None is no filter. The names are those of the URL and, but for the last two,
    of columns: `whose` work they are, and the words `q` that somebody wrote."""

    status: str | None = None
    entry_point: str | None = None
    problem_type: str | None = None
    area: str | None = None
    channel: str | None = None
    language: str | None = None
    whose: str | None = None
    q: str | None = None

    def narrow(self, reports: Select[Any]) -> Select[Any]:
        """The selection with these filters on it."""
        columns = {name: value for name, value in self.as_query().items() if name not in ("whose", "q")}
        narrowed = reports.where(*(getattr(Report, name) == value for name, value in columns.items()))
        return _of(self.whose, with_words(narrowed, self.q) if self.q else narrowed)

    def as_query(self) -> dict[str, str]:
        """The filters that are set, for a URL."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    def but(self, **changes: str | None) -> Filters:
        """These filters with some of them set otherwise."""
        return replace(self, **changes)


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
        whose=tuple((whose, label(WHOSE, whose)) for whose in WHOSE),
    )


def read_filters(query: Mapping[str, str], choices: Choices) -> Filters:
    """The filters in this query string. A value that is not offered is no filter."""
    offered = {name: {value for value, _ in getattr(choices, name)} for name in asdict(choices)}
    chosen = {name: query[name] for name, values in offered.items() if query.get(name) in values}
    return Filters(**chosen, q=query.get("q", "").strip()[:LONGEST_SEARCH] or None)


def entry_points_of(viewer: Viewer, directory: Directory) -> tuple[EntryPoint, ...]:
    """The entry points whose reports this viewer may come across."""
    return tuple(
        entry
        for entry in directory.entry_points
        if entry.slug in viewer.entry_points or entry.country == viewer.country
    )


def _of(whose: str | None, reports: Select[Any]) -> Select[Any]:
    match whose:
        case "mine":
            return reports.where(Report.assigned_to == current_viewer().account_id)
        case "nobody":
            return reports.where(Report.assigned_to.is_(None))
    return reports


def _by_name(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted(choices, key=lambda choice: choice[1].casefold()))
