"""The third lock: at flush, nothing is inserted, changed or deleted that its viewer may not write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import insert, inspect
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, make_transient
from sqlalchemy.orm.attributes import flag_modified

from app.access.models import Account
from app.database import MAY_WRITE_BY_STATEMENT
from app.reports.models import Event, Report
from app.viewer import NotAllowed
from tests.app.database.rows import OURS, THEIRS
from tests.app.database.shapes import pk
from tests.app.database.world import KINDS, MODELS, World

each_viewer = pytest.mark.parametrize("kind", KINDS)
those_who_do_not_write_by_statement = pytest.mark.parametrize("kind", sorted(set(KINDS) - MAY_WRITE_BY_STATEMENT))


def change(session: Session, row: Any) -> None:
    session.add(row)
    flag_modified(row, pk(type(row))[0].key)
    session.flush()


def remove(session: Session, row: Any) -> None:
    session.delete(row)
    session.flush()


def add(session: Session, row: Any) -> None:
    """The same row as a new one: past the guard, the database refuses the second of its key."""
    make_transient(row)
    session.add(row)
    session.flush()


@each_viewer
@pytest.mark.parametrize("act", [change, remove, add], ids=lambda act: act.__name__)
def test_a_viewer_writes_what_the_matrix_allows_and_nothing_else(unwalled: World, kind: str, act: Callable):
    for model, key in some_rows(unwalled):
        allowed = key in unwalled.written(model, kind)
        assert passes(unwalled, kind, act, model, key) == allowed, (model.__name__, key)


def test_a_partner_cannot_hand_a_report_to_another(unwalled: World):
    with unwalled.acting("partner_lead") as session:
        report = session.get_one(Report, own(unwalled, Report))
        report.entry_point = THEIRS
        with pytest.raises(NotAllowed):
            session.flush()


def test_a_partner_cannot_take_a_report_from_another(world: World):
    """The guard sees the row as it is to be; that it was another's is what row security refuses."""
    report = world.row(Report, foreign(world, Report))
    with world.acting("partner_lead") as session:
        session.add(report)
        report.entry_point = OURS
        with pytest.raises(Exception, match="expected to update 1 row"):
            session.flush()


def test_a_partner_cannot_add_to_the_timeline_of_anothers_report(unwalled: World):
    report = unwalled.row(Report, foreign(unwalled, Report))
    with unwalled.acting("partner_lead") as session:
        session.add(Event(report=report, kind="note", by="cedc: lead"))
        with pytest.raises(NotAllowed):
            session.flush()


def test_a_partner_adds_to_the_timeline_of_a_report_of_theirs(world: World):
    with world.acting("partner_lead") as session:
        session.add(Event(report=session.get_one(Report, own(world, Report)), kind="note", by="cedc: lead"))
        session.flush()


def test_nobody_signed_in_may_raise_their_own_role(unwalled: World):
    viewer = unwalled.viewers["partner_member"]
    with unwalled.acting("partner_member") as session:
        session.get_one(Account, viewer.account_id).role = "administrator"
        with pytest.raises(NotAllowed):
            session.flush()


@those_who_do_not_write_by_statement
def test_people_and_the_public_insert_nothing_in_bulk(unwalled: World, kind: str):
    for model in MODELS:
        row = columns_of(unwalled.row(model, unwalled.keys(model)[0]))
        for statement in (insert(model), upsert(model).on_conflict_do_nothing()):
            with unwalled.acting(kind) as session, pytest.raises(NotAllowed):
                session.execute(statement, [row])


@each_viewer
def test_the_old_bulk_methods_are_shut(unwalled: World, kind: str):
    row = unwalled.row(Report, unwalled.keys(Report)[0])
    acts = (
        lambda session: session.bulk_save_objects([row]),
        lambda session: session.bulk_insert_mappings(Report, [columns_of(row)]),
        lambda session: session.bulk_update_mappings(Report, [columns_of(row)]),
    )
    for act in acts:
        with unwalled.acting(kind) as session, pytest.raises(NotAllowed):
            act(session)


def passes(world: World, kind: str, act: Callable, model: type, key: Any) -> bool:
    """Whether the guard lets this viewer do this; what the database then makes of it is not asked here."""
    row = _with_what_it_hangs_on(world, world.row(model, key))
    with world.acting(kind) as session:
        try:
            act(session, row)
        except NotAllowed:
            return False
        except DBAPIError:
            return True
    return True


def _with_what_it_hangs_on(world: World, row: Any) -> Any:
    """With its report or case at hand, as somebody would who tries to write a row that is not theirs."""
    for name in ("report", "case"):
        if getattr(row, f"{name}_id", None) and name in inspect(row).mapper.relationships:
            parent = inspect(row).mapper.relationships[name].mapper.class_
            inspect(row).dict[name] = world.row(parent, (getattr(row, f"{name}_id"),))
    return row


def some_rows(world: World) -> Iterator[tuple[type, Any]]:
    return ((model, key) for model in MODELS for key in world.keys(model))


def own(world: World, model: type, kind: str = "partner_lead") -> Any:
    return next(key for key, owners in world.owners[model].items() if kind in owners)


def foreign(world: World, model: type, kind: str = "partner_lead") -> Any:
    return next(key for key, owners in world.owners[model].items() if kind not in owners)


def columns_of(row: Any) -> dict[str, Any]:
    """What an insert gives: not what PostgreSQL computes."""
    given = (attribute.key for attribute in inspect(row).mapper.column_attrs if not attribute.columns[0].computed)
    return {name: getattr(row, name) for name in given}
