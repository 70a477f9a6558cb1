"""The shapes in which a statement can ask for rows. Each returns the primary keys that it could learn of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, inspect, literal, select, union
from sqlalchemy.orm import Session, aliased

from app.database import Base
from tests.app.database.world import Key, key_of

Model = type[Base]


def entities(session: Session, model: Model, _keys: list[Key]) -> set[Key]:
    return {key_of(row) for row in session.scalars(select(model))}


def columns(session: Session, model: Model, _keys: list[Key]) -> set[Key]:
    return read(session, select(*pk(model)))


def old_query(session: Session, model: Model, _keys: list[Key]) -> set[Key]:
    return {key_of(row) for row in session.query(model)}


def alias(session: Session, model: Model, _keys: list[Key]) -> set[Key]:
    return read(session, select(*pk(aliased(model))))


def subquery(session: Session, model: Model, _keys: list[Key]) -> set[Key]:
    return read(session, select(select(*pk(model)).subquery()))


def common_table(session: Session, model: Model, _keys: list[Key]) -> set[Key]:
    return read(session, select(select(*pk(model)).cte()))


def combined(session: Session, model: Model, _keys: list[Key]) -> set[Key]:
    return read(session, union(select(*pk(model)), select(*pk(aliased(model)))))


def lateral(session: Session, model: Model, _keys: list[Key]) -> set[Key]:
    return read(session, select(select(*pk(model)).lateral()))


def join(session: Session, model: Model, _keys: list[Key]) -> set[Key]:
    other = aliased(model)
    return read(session, select(*pk(other)).select_from(model).join(other, same(model, other)))


def outer_join(session: Session, model: Model, _keys: list[Key]) -> set[Key]:
    """From a row that everybody sees to the model: what may not be seen comes back as nothing."""
    one = select(literal(1).label("one")).subquery()
    found = read(session, select(*pk(model)).select_from(one).outerjoin(model, one.c.one == 1))
    return {key for key in found if None not in key}


def existence(session: Session, model: Model, keys: list[Key]) -> set[Key]:
    return {key for key in keys if session.scalar(select(exists(select(model).where(is_(model, key)))))}


def exists_inside(session: Session, model: Model, keys: list[Key]) -> set[Key]:
    return {
        key
        for key in keys
        if session.scalar(select(literal(1)).where(exists(select(model).where(is_(model, key)))))
    }


def count(session: Session, model: Model, keys: list[Key]) -> set[Key]:
    return {key for key in keys if session.scalar(select(func.count()).select_from(model).where(is_(model, key)))}


def get(session: Session, model: Model, keys: list[Key]) -> set[Key]:
    return {key for key in keys if session.get(model, key) is not None}


SHAPES: tuple[Callable[[Session, Model, list[Key]], set[Key]], ...] = (
    *(entities, columns, old_query, alias, subquery, common_table, combined, lateral, join, outer_join),
    *(existence, exists_inside, count, get),
)


def pk(model: Any) -> list[Any]:
    """The primary key's attributes of a model or an alias of one."""
    mapper = inspect(model).mapper
    return [getattr(model, mapper.get_property_by_column(column).key) for column in mapper.primary_key]


def is_(model: Any, key: Key) -> ColumnElement[bool]:
    return and_(*(attribute == value for attribute, value in zip(pk(model), key, strict=True)))


def same(model: Any, other: Any) -> ColumnElement[bool]:
    return and_(*(mine == theirs for mine, theirs in zip(pk(model), pk(other), strict=True)))


def read(session: Session, statement: Any) -> set[Key]:
    return {tuple(row) for row in session.execute(statement)}
