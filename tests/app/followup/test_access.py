"""Who sees and who writes gaps and cases: through the session, and past it in PostgreSQL itself."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import psycopg
import pytest
from flask import Flask
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import select

from app.database import SAY_WHO, Base, db, who
from app.followup import acts
from app.followup.models import Action, Case, CaseEvent, Figure, FixQuestion, Hypothesis, Response
from app.gaps.models import Gap, Member
from app.reports.consents import Consent
from app.viewer import COMMAND, INTAKE, MIGRATION, PUBLIC, SIGN_IN, WORKER, NotAllowed, Viewer, acting_as
from tests.builders.cases import (
    AFESIS,
    a_case,
    add_action,
    add_figure,
    add_response,
    being_verified,
    change,
    people,
    work,
)
from tests.builders.gaps import a_gap
from tests.conftest import Database

ELSEWHERE = Viewer("partner_member", partner="cedc", entry_points=frozenset({"ke-health"}))
MEMBER = Viewer("partner_member", partner="corc", entry_points=frozenset({"za-water-sanitation"}))
DESK, REVIEWER, ADMINISTRATOR = Viewer("desk", country="ZA"), Viewer("reviewer"), Viewer("administrator")

FOUND_OUT: tuple[type[Base], ...] = (Case, Hypothesis, Figure, Action, Response)
WITHIN: tuple[type[Base], ...] = (CaseEvent, FixQuestion)
GATHERED: tuple[type[Base], ...] = (Gap, Member)
ALL = (*FOUND_OUT, *WITHIN, *GATHERED)

SEES: dict[Viewer, tuple[type[Base], ...]] = {
    AFESIS: ALL,
    MEMBER: ALL,
    WORKER: (*ALL, Consent),
    MIGRATION: (*ALL, Consent),
    COMMAND: ALL,
    INTAKE: (FixQuestion, Consent),
    REVIEWER: FOUND_OUT,
    ELSEWHERE: (),
    DESK: (),
    ADMINISTRATOR: (),
    PUBLIC: (),
    SIGN_IN: (),
}
each_viewer = pytest.mark.parametrize("viewer", SEES, ids=lambda viewer: f"{viewer.kind} {viewer.partner or ''}")


@pytest.fixture
def case(app: Flask) -> Case:
    """A shared case with a row of each kind, and beside it one of the same partner's that is not shared."""
    case = being_verified(people(2))
    for one in (case, a_case(a_gap(people=1, text="borehole dry no water Western Cape"))):
        add_figure(one)
        add_action(one)
        add_response(one)
        work(acts.suspect, one, {"cause": "not_spent", "confidence": "low", "why": "x"})
    change(case.id, visibility="shared")
    return case


def seen_by_session(viewer: Viewer) -> dict[type[Base], int]:
    with acting_as(viewer):
        try:
            return {model: len(db.session.scalars(select(model)).all()) for model in (*ALL, Consent)}
        finally:
            db.session.close()


def seen_by_postgresql(viewer: Viewer, database: Database) -> dict[type[Base], int]:
    with connected(viewer, database) as connection:
        counted = {}
        for model in (*ALL, Consent):
            (number,) = connection.execute(f"SELECT count(*) FROM {model.__tablename__}").fetchone() or (0,)
            counted[model] = number
        return counted


def connected(viewer: Viewer, database: Database) -> psycopg.Connection[Any]:
    connection = psycopg.connect(database.app_url)
    connection.execute(SAY_WHO, who(viewer))
    return connection


@each_viewer
def test_the_session_and_postgresql_show_the_same_and_to_nobody_else(
    case: Case, database: Database, viewer: Viewer
) -> None:
    everything = seen_by_session(MIGRATION)
    assert all(everything.values())
    wanted = {model: everything[model] if model in SEES[viewer] else 0 for model in everything}
    if viewer is REVIEWER:
        wanted |= dict.fromkeys(FOUND_OUT, 1)
    assert seen_by_session(viewer) == wanted
    assert seen_by_postgresql(viewer, database) == wanted


def test_a_connection_that_says_not_who_it_is_sees_nothing(case: Case, database: Database) -> None:
    with psycopg.connect(database.app_url) as connection:
        for model in (*ALL, Consent):
            assert connection.execute(f"SELECT count(*) FROM {model.__tablename__}").fetchone() == (0,)


@pytest.mark.parametrize("viewer", [ELSEWHERE, DESK, REVIEWER, ADMINISTRATOR, PUBLIC, INTAKE])
def test_the_session_lets_nobody_else_write_a_case(case: Case, viewer: Viewer) -> None:
    foreign = Case(
        gap_id=case.gap_id,
        country="ZA",
        sector="water-sanitation",
        entry_point=case.entry_point,
        owner="afesis",
        statement="x",
    )
    with acting_as(viewer):
        db.session.add(foreign)
        with pytest.raises(NotAllowed):
            db.session.flush()
        db.session.rollback()
        db.session.close()


@pytest.mark.parametrize("viewer", [ELSEWHERE, DESK, REVIEWER, ADMINISTRATOR, PUBLIC, INTAKE])
def test_postgresql_lets_nobody_else_change_a_case(case: Case, database: Database, viewer: Viewer) -> None:
    with suppress(InsufficientPrivilege), connected(viewer, database) as connection:
        changed = connection.execute("UPDATE budget_case SET state = 'verified'")
        assert changed.rowcount == 0
        connection.execute(
            "INSERT INTO case_event (case_id, kind, by) VALUES (%s, 'state', 'somebody')", (case.id,)
        )
        pytest.fail("a foreign event was written")


def test_the_partner_itself_cannot_give_its_case_to_another_entry_point(case: Case, database: Database) -> None:
    with pytest.raises(InsufficientPrivilege), connected(AFESIS, database) as connection:
        connection.execute("UPDATE budget_case SET entry_point = 'ke-health'")
