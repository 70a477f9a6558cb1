"""The second lock: whatever shape a statement has, it finds only the rows that its viewer may see."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import delete, inspect, literal, select, update
from sqlalchemy.orm import RelationshipProperty

from app.database import MAY_WRITE_BY_STATEMENT, Base
from app.models import METADATA
from app.viewer import NotAllowed
from tests.app.database.matrix import MATRIX
from tests.app.database.shapes import SHAPES, columns, entities, pk, read
from tests.app.database.world import KINDS, MODELS, World, key_of

GUARDED = [model for model in MODELS if not MATRIX[model.__name__].is_public]
POINTED_TO = {key.column.table.name for table in METADATA.tables.values() for key in table.foreign_keys}
CHILDLESS = [model for model in MODELS if model.__tablename__ not in POINTED_TO]
RELATIONSHIPS = [(model, relation) for model in MODELS for relation in inspect(model).relationships]

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


@those_who_do_not
@each_shape
def test_no_shape_of_a_statement_finds_more_or_less(unwalled: World, kind: str, shape: Callable):
    for model in GUARDED:
        keys = unwalled.keys(model)
        with unwalled.acting(kind) as session:
            found = shape(session, model, keys) & set(keys)
        assert found == unwalled.seen(model, kind) & set(keys), model.__name__


@each_viewer
def test_everybody_finds_all_of_the_directory(unwalled: World, kind: str):
    for model in set(MODELS) - set(GUARDED):
        with unwalled.acting(kind) as session:
            assert columns(session, model, []) == set(unwalled.owners[model]), model.__name__


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
