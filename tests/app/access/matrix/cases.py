"""The world's gaps and cases, and a month that is closed."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import update

from app.database import transaction
from app.followup.models import Case, Figure
from app.reports.models import Report
from app.viewer import MIGRATION, acting_as
from tests.app.access.matrix.world import World, send, stored
from tests.builders.figures import AFTER_JUNE, a_crowd, publish_at
from tests.builders.gaps import gap_of, gather_now

FIGURE = {
    "line": "NAMASTE",
    "fiscal_year": "2024/25",
    "phase": "approved",
    "amount": "117",
    "scale": "1000000",
    "unit": "INR",
    "source_title": "Expenditure budget",
}
CARD = {"problem_type": "in-water-sanitation/card-refused", "gap_kind": "excluded"}
WAGES = {"problem_type": "in-water-sanitation/wages-unpaid", "gap_kind": "late"}
STATEMENT = "The gloves were paid for and never came."


def add_cases(world: World) -> None:
    """One that is SKA's alone, one that is shared, and a gap without any."""
    world.things["case"] = {"number": _case(world, "other")}
    world.names["figure"] = f"figure-{stored(Figure).id}"
    world.things["shared case"] = {"number": _case(world, "blacked", **CARD)}
    send(world, f"/cases/{world.things['shared case']['number']}/facts", statement=STATEMENT, visibility="shared")
    world.things["gap"] = {"gap_id": _gap(world, "late", **WAGES)}


def _case(world: World, name: str, **about: Any) -> int:
    send(world, f"/cases/of-gap/{_gap(world, name, **about)}", statement=STATEMENT)
    number = stored(Case).id
    send(world, f"/cases/{number}/figure", **FIGURE)
    return number


def _gap(world: World, name: str, **about: Any) -> uuid.UUID:
    report = stored(Report, reference=world.names[name])
    with acting_as(MIGRATION), transaction() as session:
        if about:
            session.execute(update(Report).where(Report.id == report.id).values(**about))
    gather_now(report)
    return gap_of(report).id


def close_a_month() -> None:
    """With somebody in it."""
    a_crowd(5)
    publish_at(AFTER_JUNE)
