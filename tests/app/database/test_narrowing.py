"""The second lock: whatever shape a statement has, it finds only the rows that its viewer may see."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from sqlalchemy import and_, delete, exists, func, inspect, join, literal, select, union_all, update
from sqlalchemy.orm import RelationshipProperty

from app.database import MAY_WRITE_BY_STATEMENT, Base
from app.directory.models import CountryRow
from app.models import METADATA
from app.outbox.models import EarlyReceipt
from app.viewer import NotAllowed
from tests.app.database.matrix import MATRIX
from tests.app.database.shapes import SHAPES, columns, entities, pk, read
from tests.app.database.world import KINDS, MODELS, World, key_of

GUARDED = [model for model in MODELS if not MATRIX[model.__name__].is_public]
ONE_OF_EACH = {MATRIX[model.__name__]: model for model in GUARDED}.values()
PAIRS = [
    *(("partner_lead", model) for model in GUARDED),
    *product(("desk", "reviewer", "administrator", "public"), ONE_OF_EACH),
]
"""Every model for a partner; for the others one of each kind of access, on which alone the criteria depend."""

POINTED_TO = {key.column.table.name for table in METADATA.tables.values() for key in table.foreign_keys}
CHILDLESS = [model for model in MODELS if model.__tablename__ not in POINTED_TO]
RELATIONSHIPS = [(model, relation) for model in MODELS for relation in inspect(model).relationships]

SOME = and_(EarlyReceipt.id > 0, EarlyReceipt.id.is_not(None))
ESCAPES = {
    "a condition": select(func.count()).where(EarlyReceipt.id > 0),
    "a list of conditions": select(func.count()).where(SOME),
    "a function in a condition": select(func.count()).where(func.abs(EarlyReceipt.id) > 0),
    "a condition as a column": select(SOME),
    "an EXISTS of a condition": select(exists().where(SOME)),
    "a condition beside an entity": select(CountryRow.code).where(func.length(CountryRow.code) > EarlyReceipt.id),
    "a condition in a union": union_all(select(literal(1)).where(SOME), select(literal(2)).where(SOME)),
    "a condition in a subquery": select(select(literal(1).label("one")).where(SOME).subquery()),
    "a Core join": select(CountryRow.code).select_from(join(CountryRow, EarlyReceipt, EarlyReceipt.id > 0)),
    "a table": select(EarlyReceipt.__table__),
    "a filter": select(func.count().filter(EarlyReceipt.id > 0)),
    "a window": select(func.row_number().over(order_by=EarlyReceipt.id)),
}
each_viewer = pytest.mark.parametrize("kind", KINDS)
each_shape = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
each_relationship = pytest.mark.parametrize(("model", "relation"), RELATIONSHIPS, ids=lambda value: str(value))
those_who_write_by_statement = pytest.mark.parametrize("kind", sorted(MAY_WRITE_BY_STATEMENT))
those_who_do_not = pytest.mark.parametrize("kind", sorted(set(KINDS) - MAY_WRITE_BY_STATEMENT))


@each_viewer
def test_a_viewer_finds_what_is_theirs_and_nothing_else(unwalled: World, kind: str):
    for model in GUARDED:
        with unwalled.acting(kind) as session:
            assert entities(session, model, []) == unwalled.seen(model, kind), model.__name__


@each_shape
def test_no_shape_of_a_statement_finds_more_or_less(unwalled: World, shape: Callable):
    for kind, model in PAIRS:
        keys = unwalled.keys(model)
        with unwalled.acting(kind) as session:
            found = shape(session, model, keys) & set(keys)
        assert found == unwalled.seen(model, kind) & set(keys), (kind, model.__name__)


@each_viewer
def test_everybody_finds_all_of_the_directory(unwalled: World, kind: str):
    for model in set(MODELS) - set(GUARDED):
        with unwalled.acting(kind) as session:
            assert columns(session, model, []) == set(unwalled.owners[model]), model.__name__


@those_who_do_not
@pytest.mark.parametrize("name", ESCAPES)
def test_what_the_criteria_would_not_reach_is_refused(unwalled: World, kind: str, name: str):
    """Without this, each of them counts or lists the receipts, which are nobody's to see."""
    with unwalled.acting(kind) as session, pytest.raises(NotAllowed):
        session.execute(ESCAPES[name])


@pytest.mark.parametrize("name", ESCAPES)
def test_what_is_refused_has_an_answer(unwalled: World, name: str):
    """For a viewer who may see all, so the statements above are no nonsense."""
    with unwalled.acting("migration") as session:
        assert session.execute(ESCAPES[name]).first()


@each_viewer
@each_relationship
def test_a_relationship_leads_only_to_what_may_be_seen(
    unwalled: World, kind: str, model: type[Base], relation: RelationshipProperty
):
    """Even from a row that was smuggled into the viewer's session."""
    target = relation.mapper.class_
    for key in unwalled.keys(model):
        row = unwalled.row(model, key)
        with unwalled.acting(kind) as session:
            session.add(row)
            session.expire(row, [relation.key])
            led_to = getattr(row, relation.key)
            found = led_to if relation.uselist else [led_to] if led_to else []
            assert {key_of(each) for each in found} <= unwalled.seen(target, kind)


def test_a_relationship_does_lead_somewhere(unwalled: World):
    """Or the test above would pass on empty tables."""
    for model, relation in RELATIONSHIPS:
        with unwalled.acting("migration") as session:
            assert any(getattr(session.get(model, key), relation.key) for key in unwalled.keys(model)), str(
                relation
            )


@those_who_write_by_statement
def test_an_update_changes_only_what_its_viewer_sees(unwalled: World, kind: str):
    for model in MODELS:
        attribute = pk(model)[0]
        with unwalled.acting(kind) as session:
            changed = session.execute(update(model).values({attribute.key: attribute}))
            assert changed.rowcount == len(unwalled.seen(model, kind)), model.__name__


@those_who_write_by_statement
def test_a_delete_takes_only_what_its_viewer_sees(unwalled: World, kind: str):
    for model in CHILDLESS:
        with unwalled.acting(kind) as session:
            gone = read(session, delete(model).returning(*pk(model)))
            assert gone == unwalled.seen(model, kind), model.__name__


@those_who_do_not
def test_people_and_the_public_do_not_write_by_statement(unwalled: World, kind: str):
    for model in MODELS:
        attribute = pk(model)[0]
        changing = update(model).values({attribute.key: attribute})
        hidden = select(changing.returning(attribute).cte())
        beside = select(literal(1)).add_cte(delete(model).cte("gone"))
        for statement in (changing, delete(model), hidden, beside):
            with unwalled.acting(kind) as session, pytest.raises(NotAllowed):
                session.execute(statement)
