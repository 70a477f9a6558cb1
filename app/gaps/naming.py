"""What the codes of gaps and cases are called in the directory. A code that has left it is shown as it is."""

from __future__ import annotations

from typing import Protocol

from flask_babel import gettext as _

from app.access.speaking import page_language
from app.directory.catalogue import Directory


class Coded(Protocol):
    """What a gap and a case have in common. `gap_kind` is named by the templates."""

    country: str
    sector: str
    entry_point: str
    problem_type: str | None
    area: str | None


def entry_point_name(of: Coded, directory: Directory) -> str:
    entry = directory.entry_point(of.country, of.sector)
    return entry.name_in(page_language()) if entry else of.entry_point


def problem_name(of: Coded, directory: Directory) -> str | None:
    """None where only the kind of gap is known."""
    if of.problem_type is None:
        return None
    try:
        return directory.problem(of.problem_type).name_in(page_language())
    except KeyError:
        return of.problem_type


def area_name(of: Coded, directory: Directory) -> str:
    if of.area is None:
        return _("Area not known")
    try:
        return directory.area(of.area).name
    except KeyError:
        return of.area


def is_sensitive(of: Coded, directory: Directory) -> bool:
    """Whether what people wrote about it is kept off lists."""
    try:
        return of.problem_type is not None and directory.problem(of.problem_type).sensitive
    except KeyError:
        return True
