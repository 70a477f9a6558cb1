"""What each filter may be set to: from the directory, the viewer's colleagues, and the tags that they use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask_babel import gettext as _

from app.access.speaking import page_language
from app.directory.catalogue import LANGUAGES, Directory, EntryPoint
from app.inbox.colleagues import Colleague
from app.inbox.labels import AGES, CHANNELS, DUES, FLAGS, PRIORITIES, STATUSES, label, language_name
from app.viewer import Viewer

Choice = tuple[str, str]
"""A value and the words for it."""

ME, NOBODY = "me", "nobody"
YES = "yes"


@dataclass(frozen=True)
class Choices:
    """What each filter may be set to."""

    status: tuple[Choice, ...]
    entry_point: tuple[Choice, ...]
    problem_type: tuple[Choice, ...]
    area: tuple[Choice, ...]
    channel: tuple[Choice, ...]
    language: tuple[Choice, ...]
    age: tuple[Choice, ...]
    due: tuple[Choice, ...]
    assigned: tuple[Choice, ...]
    priority: tuple[Choice, ...]
    flag: tuple[Choice, ...]
    sensitive: tuple[Choice, ...]
    photo: tuple[Choice, ...]
    unread: tuple[Choice, ...]
    tags: tuple[str, ...]

    of_one: ClassVar[tuple[str, ...]] = (
        *("entry_point", "problem_type", "area", "channel", "language", "age", "due"),
        *("assigned", "priority", "flag", "sensitive", "photo", "unread"),
    )
    """Of these, one value may be chosen."""


def choices_for(
    viewer: Viewer, directory: Directory, colleagues: Sequence[Colleague] = (), tags: Sequence[str] = ()
) -> Choices:
    """What this viewer may filter by: their own entry points and countries, and what belongs to them."""
    entry_points = entry_points_of(viewer, directory)
    countries = {entry.country for entry in entry_points} | ({viewer.country} if viewer.country else set())
    return Choices(
        status=_labelled(STATUSES),
        entry_point=tuple((entry.slug, entry.name_in(page_language())) for entry in entry_points),
        problem_type=tuple((p.slug, p.name_in(page_language())) for entry in entry_points for p in entry.problems),
        area=_by_name((area.code, area.name) for area in directory.areas if area.country in countries),
        channel=_labelled(CHANNELS),
        language=_by_name((language, language_name(language)) for language in LANGUAGES),
        age=_labelled(AGES),
        due=_labelled(DUES),
        assigned=((ME, _("Me")), (NOBODY, _("Nobody")), *_others(colleagues)),
        priority=tuple((str(priority), str(name)) for priority, name in PRIORITIES.items()),
        flag=_labelled(FLAGS),
        sensitive=((YES, _("Only sensitive ones")),),
        photo=((YES, _("Only with a photo")),),
        unread=((YES, _("Only unread ones")),),
        tags=tuple(tags),
    )


def entry_points_of(viewer: Viewer, directory: Directory) -> tuple[EntryPoint, ...]:
    """The entry points whose reports this viewer may come across."""
    return tuple(
        entry
        for entry in directory.entry_points
        if entry.slug in viewer.entry_points or entry.country == viewer.country
    )


def timezone_of(viewer: Viewer, directory: Directory) -> str:
    """Whose days are meant by "today": those of the viewer's country, or of the first one they work in."""
    countries = [viewer.country] if viewer.country else [e.country for e in entry_points_of(viewer, directory)]
    return directory.country(countries[0]).timezone if countries else "UTC"


def _others(colleagues: Sequence[Colleague]) -> tuple[Choice, ...]:
    return tuple((one.key, one.name) for one in colleagues if not one.is_oneself)


def _labelled(labels: dict) -> tuple[Choice, ...]:
    return tuple((value, label(labels, value)) for value in labels)


def _by_name(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted(choices, key=lambda choice: choice[1].casefold()))
