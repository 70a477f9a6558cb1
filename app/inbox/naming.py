"""What a report's codes are called in the directory. A code that has left the directory is shown as it is."""

from __future__ import annotations

from flask_babel import gettext as _

from app.access.speaking import page_language
from app.directory.catalogue import Directory
from app.reports.locations import Location
from app.reports.models import Report
from app.understanding.places.nearest import nearest


def entry_point_name(report: Report, directory: Directory) -> str:
    entry = directory.entry_point(report.country, report.sector)
    if report.entry_point is None or entry is None:
        return report.entry_point or _("No entry point: with the country desk")
    return entry.name_in(page_language())


def problem_name(report: Report, directory: Directory) -> str:
    if report.problem_type is None:
        return _("Problem not known yet")
    try:
        return directory.problem(report.problem_type).name_in(page_language())
    except KeyError:
        return report.problem_type


def area_name(report: Report, directory: Directory) -> str | None:
    return name_of_area(report.area, directory)


def name_of_area(code: str | None, directory: Directory) -> str | None:
    try:
        return directory.area(code).name if code else None
    except KeyError:
        return code


def town_name(report: Report, location: Location | None) -> str | None:
    """The town of the report's country that the location is near."""
    town = nearest(report.country, location.latitude, location.longitude) if location else None
    return town.name if town else None


def partner_name(slug: str, directory: Directory) -> str:
    try:
        return directory.partner(slug).name
    except KeyError:
        return slug
