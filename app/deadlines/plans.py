"""The plans that this process counts by: read with the directory, so that filing needs no statement for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from app.database import db
from app.deadlines.models import DeadlinePlan
from app.deadlines.national import national_holidays
from app.deadlines.plan import Plan, from_document, usual_plan
from app.directory.current import current_directory, current_edition


@dataclass(frozen=True)
class Kept:
    """The plans by partner as they stood at this edition of the directory; changing a plan makes a new one."""

    edition: int | None
    plans: Mapping[str, Plan]


def plan_of(partner: str, country: str) -> Plan:
    """The plan of this partner, or the usual one of a country; raises KeyError for a country that is not served."""
    directory = current_directory()
    own = _kept().plans.get(partner)
    return own or usual_plan(country, directory.country(country).timezone)


def prepare_plans(year: int) -> None:
    """Read the plans, and the holidays of this year and the next, which take a fifth of a second."""
    directory = current_directory()
    _kept()
    for country in directory.countries:
        for each in (year, year + 1):
            national_holidays(country.code, each)


def forget_plans() -> None:
    """Let this process read the plans again: it has just changed one."""
    current_app.extensions.pop("deadline_plans", None)


def _kept() -> Kept:
    edition = current_edition()
    kept: Kept | None = current_app.extensions.get("deadline_plans")
    if kept is None or kept.edition != edition:
        rows = db.session.scalars(select(DeadlinePlan))
        plans = {row.partner: from_document(row.country, row.document) for row in rows}
        kept = current_app.extensions["deadline_plans"] = Kept(edition, plans)
    return kept
