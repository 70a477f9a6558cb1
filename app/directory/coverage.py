"""What an administrator should know about who covers what: a pure function over the directory and a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from app.directory.catalogue import Directory, EntryPoint, Service

SOON = timedelta(days=60)
"""Long enough before a partner's part ends to find out who takes over."""

FindingKind = Literal[
    "nobody", "lead_away", "shadowed", "overlap", "hole", "expired", "ends_soon", "not_begun", "no_programme"
]

SERIOUS: frozenset[FindingKind] = frozenset({"nobody", "lead_away", "shadowed"})


@dataclass(frozen=True)
class Finding:
    """Something about one entry point: `partners` concerned (slugs), `areas` (ISO codes), the day it turns on."""

    kind: FindingKind
    entry_point: str
    partners: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    day: date | None = None

    @property
    def is_serious(self) -> bool:
        return self.kind in SERIOUS


def findings(directory: Directory, on: date, country: str | None = None) -> tuple[Finding, ...]:
    """Everything worth knowing on that day, of one country or of all, in the order of the entry points.

    *nobody*: no movement partner is valid, so reports go to the desk. *lead_away*: another one takes the lead's
    place. *shadowed*: a partner whose areas are all taken by those before it, so that it triages nothing.
    *overlap*: areas that several have, where the first gets the reports. *hole*: areas that nobody has, whose
    reports go to the lead as "outside area". *expired*, *ends_soon*, *not_begun*: by the dates of a partner's part,
    or of the partner itself. *no_programme*: all programmes that are known have ended.
    """
    return tuple(
        finding
        for entry in directory.entry_points
        if country in (None, entry.country)
        for finding in _of(entry, tuple(area.code for area in directory.areas_of(entry.country)), on)
    )


def _of(entry: EntryPoint, areas: tuple[str, ...], on: date) -> Iterator[Finding]:
    movement = [service for service in entry.serving if service.role == "movement"]
    valid = sorted((service for service in movement if service.is_valid(on)), key=lambda service: not service.lead)
    yield from _standing(entry, movement, valid)
    yield from _coverage(entry, valid, areas)
    for service in entry.serving:
        yield from _dates(entry, service, on)
    yield from _programmes(entry, on)


def _standing(entry: EntryPoint, movement: list[Service], valid: list[Service]) -> Iterator[Finding]:
    if not valid:
        yield Finding("nobody", entry.slug, _partners(movement))
    elif not valid[0].lead:
        yield Finding("lead_away", entry.slug, _partners(valid[:1]))


def _coverage(entry: EntryPoint, valid: list[Service], areas: tuple[str, ...]) -> Iterator[Finding]:
    takers = {area: [service for service in valid if service.covers(area)] for area in areas}
    for service in valid[1:]:
        if not any(found and found[0] is service for found in takers.values()):
            yield Finding("shadowed", entry.slug, _partners([service]))
    shared: dict[tuple[str, ...], list[str]] = {}
    for area, found in takers.items():
        if len(found) > 1:
            shared.setdefault(_partners(found), []).append(area)
    for partners, common in shared.items():
        yield Finding("overlap", entry.slug, partners, tuple(common))
    holes = tuple(area for area, found in takers.items() if not found)
    if valid and holes:
        yield Finding("hole", entry.slug, _partners(valid[:1]), holes)


def _dates(entry: EntryPoint, service: Service, on: date) -> Iterator[Finding]:
    named = (service.partner,)
    begins, ends = service.begins, service.ends
    if ends is not None and ends < on:
        yield Finding("expired", entry.slug, named, day=ends)
    elif ends is not None and ends <= on + SOON:
        yield Finding("ends_soon", entry.slug, named, day=ends)
    if begins is not None and begins > on:
        yield Finding("not_begun", entry.slug, named, day=begins)


def _programmes(entry: EntryPoint, on: date) -> Iterator[Finding]:
    """All programmes that are known have ended: the money has another name that nobody has entered yet."""
    if entry.programmes and not any(programme.is_valid(on) for programme in entry.programmes):
        last = max((one.valid_to for one in entry.programmes if one.valid_to), default=None)
        yield Finding("no_programme", entry.slug, day=last)


def _partners(services: list[Service]) -> tuple[str, ...]:
    return tuple(service.partner for service in services)
