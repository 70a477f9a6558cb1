"""Why a report goes where it goes, step by step: the routing rule told over one case. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.directory.catalogue import Directory, EntryPoint, Service
from app.directory.routing import Route, route

StepKind = Literal[
    "no_sector", "no_entry_point", "entry_point", "away", "elsewhere", "takes", "no_area", "outside_area", "nobody"
]


@dataclass(frozen=True)
class Step:
    """One step; `entry_point`, `partner` and `area` are what it speaks of, None where it does not. `office` is
    one of a partner's, if it has several.

    *away*: a movement partner whose dates do not hold. *elsewhere*: one who does not work in this area.
    *takes*: the one who does. *no_area*, *outside_area*: the first of them, as no area is known or nobody has it.
    """

    kind: StepKind
    entry_point: str | None = None
    partner: str | None = None
    area: str | None = None
    office: str = ""


@dataclass(frozen=True)
class Explanation:
    """Where it goes, how that came about, and who else at the entry point sees it."""

    route: Route
    steps: tuple[Step, ...]
    supporting: tuple[str, ...]


def explain(
    directory: Directory, country: str, sector: str | None, area: str | None, on: date, outside_focus: bool = False
) -> Explanation:
    """The route of `routing.route` for the same case, explained. Raises KeyError for an unknown country."""
    way = route(directory, country, sector, area, on, outside_focus)
    entry = directory.entry_point(country, sector)
    if entry is None:
        return Explanation(way, (Step("no_entry_point" if sector else "no_sector"),), ())
    steps = (Step("entry_point", entry.slug), *_steps(entry, way, area, on))
    others = (
        service.partner for service in entry.serving if service.is_valid(on) and service.partner != way.partner
    )
    return Explanation(way, steps, tuple(dict.fromkeys(others)))


def _steps(entry: EntryPoint, way: Route, area: str | None, on: date) -> list[Step]:
    movement = sorted((one for one in entry.serving if one.role == "movement"), key=lambda one: not one.lead)
    away = [Step("away", entry.slug, one.partner, office=one.office) for one in movement if not one.is_valid(on)]
    valid = [one for one in movement if one.is_valid(on)]
    if not valid:
        return [*away, Step("nobody", entry.slug)]
    if area is None:
        return [*away, Step("no_area", entry.slug, way.partner, office=valid[0].office)]
    return [*away, *_by_area(entry, valid, area)]


def _by_area(entry: EntryPoint, valid: list[Service], area: str) -> list[Step]:
    steps = []
    for service in valid:
        if service.covers(area):
            return [*steps, Step("takes", entry.slug, service.partner, area, service.office)]
        steps.append(Step("elsewhere", entry.slug, service.partner, area, service.office))
    return [*steps, Step("outside_area", entry.slug, valid[0].partner, area, valid[0].office)]
