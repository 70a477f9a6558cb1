"""The calendars and flows that ship with the product, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from app.budgets.calendar import Calendar
from app.budgets.flows import Flow
from app.budgets.reading import read_calendars, read_flows

DATA = Path(__file__).parent / "data"


@cache
def calendars() -> dict[str, Calendar]:
    """Every calendar by its slug, those of one country in the order of their file."""
    return {calendar.slug: calendar for calendar in read_calendars(DATA / "calendars.toml")}


@cache
def flows() -> dict[str, Flow]:
    """Every flow by the slug of its entry point."""
    return {flow.entry_point: flow for flow in read_flows(DATA / "flows.toml")}


def calendars_of(country: str, entry_point: str | None = None) -> tuple[Calendar, ...]:
    """The calendars that decide on this entry point, else all of the country."""
    flow = flows().get(entry_point or "")
    if flow is not None:
        return tuple(calendars()[slug] for slug in flow.calendars)
    return tuple(calendar for calendar in calendars().values() if calendar.country == country)
