"""Who gets a report: a pure function over the directory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.directory.catalogue import Directory, EntryPoint, Service

OUTSIDE_AREA = "outside area"
OUTSIDE_FOCUS = "outside focus"


@dataclass(frozen=True)
class Route:
    """Where a report goes; `partner` is the one that triages, `why` is for staff, in English."""

    country: str
    sector: str | None
    entry_point: str | None
    partner: str
    flags: tuple[str, ...]
    why: str


def route(
    directory: Directory,
    country: str,
    sector: str | None,
    area: str | None,
    on: date,
    outside_focus: bool = False,
) -> Route:
    """Country and sector choose the entry point; the area only chooses the partner within it.

    `area` is an ISO 3166-2 code, `on` the day of the report. Raises KeyError for an unknown country.
    """
    desk = directory.country(country).desk
    entry = directory.entry_point(country, sector)
    if entry is None:
        why = "no sector is known" if sector is None else f"no entry point for {sector} in {country}"
        return Route(country, sector, None, desk, (), why)
    service, in_area, why = _choose(entry, area, on)
    flags = _flags(service is not None and not in_area, outside_focus)
    return Route(country, sector, entry.slug, service.partner if service else desk, flags, why)


def _choose(entry: EntryPoint, area: str | None, on: date) -> tuple[Service | None, bool, str]:
    """The service that triages, whether the area is its own, and why."""
    movement = _movement_lead_first(entry, on)
    if not movement:
        return None, False, f"no partner is working at {entry.slug} on this day"
    if area is None:
        return movement[0], True, f"no area is known: {entry.slug}'s {_standing(movement[0])}"
    for service in movement:
        if service.covers(area):
            return service, True, f"{area} is in this partner's area at {entry.slug}"
    return movement[0], False, f"{area} is outside every partner's area: {entry.slug}'s {_standing(movement[0])}"


def _movement_lead_first(entry: EntryPoint, on: date) -> list[Service]:
    valid = [service for service in entry.serving if service.role == "movement" and service.is_valid(on)]
    return sorted(valid, key=lambda service: not service.lead)


def _standing(service: Service) -> str:
    return "lead" if service.lead else "first partner while its lead is not at work"


def _flags(outside_area: bool, outside_focus: bool) -> tuple[str, ...]:
    raised = ((outside_area, OUTSIDE_AREA), (outside_focus, OUTSIDE_FOCUS))
    return tuple(flag for is_raised, flag in raised if is_raised)
