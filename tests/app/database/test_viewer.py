"""The first lock: no statement on nobody's behalf, and one session never serves two viewers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import delete, exists, func, insert, select, text, update
from sqlalchemy.orm import Session

from app.database import db, transaction
from app.directory.models import CountryRow
from app.outbox.delivery import deliver
from app.queue import Job, put
from app.reports.models import Event, Report
from app.viewer import COMMAND, WORKER, NotAllowed, NoViewer, acting_as
from tests.app.database.world import World

ASKING: dict[str, Callable[[Session, World], object]] = {
    "a select": lambda session, _: session.scalars(select(Report)).all(),
    "a select of what is public": lambda session, _: session.scalars(select(CountryRow)).all(),
    "columns": lambda session, _: session.execute(select(Report.id)).all(),
    "a count": lambda session, _: session.scalar(select(func.count()).select_from(Report)),
    "a join": lambda session, _: session.execute(select(Event.id).join(Event.report)).all(),
    "an EXISTS": lambda session, _: session.scalar(select(exists().where(Report.id.is_not(None)))),
    "a get": lambda session, world: session.get(Report, world.keys(Report)[0]),
    "an old query": lambda session, _: session.query(Report).all(),
    "a constant": lambda session, _: session.scalar(select(1)),
    "an insert": lambda session, _: session.execute(insert(Report), [{}]),
    "an update": lambda session, _: session.execute(update(Report).values(why="")),
    "a delete": lambda session, _: session.execute(delete(Report)),
    "raw words": lambda session, _: session.execute(text("SELECT 1")),
    "a table": lambda session, _: session.execute(select(Report.__table__.c.id)),
    "a connection": lambda session, _: session.connection(),
    "a savepoint": lambda session, _: session.begin_nested() and session.connection(),
    "a job": lambda session, _: put(session, Job(deliver, {"message": "none"})),
}
each_statement = pytest.mark.parametrize("ask", ASKING.values(), ids=ASKING.keys())


@each_statement
def test_nothing_is_asked_on_nobodys_behalf(world: World, ask: Callable):
    with pytest.raises(NoViewer):
        ask(db.session(), world)


@each_statement
def test_the_viewer_does_not_change_inside_a_transaction(world: World, ask: Callable):
    with acting_as(WORKER), transaction() as session:
        session.scalars(select(Report)).all()
        with acting_as(world.viewers["partner_lead"]), pytest.raises(NotAllowed):
            ask(session, world)


def test_a_row_is_not_refreshed_on_nobodys_behalf(world: World):
    with world.acting("worker") as session:
        report = session.get(Report, world.keys(Report)[0])
        with acting_as(world.viewers["partner_lead"]), pytest.raises(NotAllowed):
            session.refresh(report)


def test_nothing_is_flushed_on_nobodys_behalf(world: World):
    session = db.session()
    session.add(CountryRow(code="XX", name="Nowhere"))
    with pytest.raises(NoViewer):
        session.flush()
    session.close()


def test_nothing_is_flushed_for_another_viewer(world: World):
    with acting_as(WORKER), transaction() as session:
        session.get_one(Report, world.keys(Report)[0]).why = "changed"
        with acting_as(COMMAND), pytest.raises(NotAllowed):
            session.flush()
        session.rollback()


def test_a_row_in_hand_is_not_handed_to_another_viewer(world: World):
    """It would be found in the session, without any statement that could be narrowed."""
    foreign = theirs(world)
    with acting_as(WORKER), transaction() as session:
        in_hand = session.get(Report, foreign)
        assert in_hand in session
        with acting_as(world.viewers["partner_lead"]):
            for find in (session.get, session.get_one):
                with pytest.raises(NotAllowed):
                    find(Report, foreign)


@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_no_row_survives_its_transaction(world: World, end: str):
    session, foreign = db.session(), theirs(world)
    with acting_as(WORKER):
        in_hand = session.get(Report, foreign)
        assert in_hand in session
        getattr(session, end)()
    assert in_hand not in session
    with acting_as(world.viewers["partner_lead"]):
        assert session.get(Report, foreign) is None
        session.close()


def test_a_savepoint_keeps_the_rows_in_hand(world: World):
    with world.acting("worker") as session:
        report = session.get(Report, world.keys(Report)[0])
        with session.begin_nested():
            session.scalar(select(1))
        assert report in session


def test_a_new_transaction_may_have_another_viewer(world: World):
    for kind in ("worker", "partner_lead", "public"):
        with acting_as(world.viewers[kind]), transaction() as session:
            assert len(session.scalars(select(Report)).all()) == len(world.seen(Report, kind))


def test_what_fails_is_undone_as_a_whole(world: World):
    key = world.keys(Report)[0]
    with pytest.raises(ZeroDivisionError):
        half(key)
    assert world.row(Report, key).why != "half"


def half(key: object) -> None:
    with acting_as(WORKER), transaction() as session:
        session.get_one(Report, key).why = "half"
        session.flush()
        raise ZeroDivisionError


def theirs(world: World) -> object:
    return (set(world.owners[Report]) - world.seen(Report, "partner_lead")).pop()
