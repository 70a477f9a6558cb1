"""Which statements SQLAlchemy's loader criteria do not confine, so that they are refused instead.

Criteria reach the tables that a select of entities names in its columns, in `select_from` or in `join`. They do not
reach one that is named in a condition only, that stands in a Core join, or that is asked for as a mere table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Alias, FromClause, Join, Select, Table
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.visitors import iterate

Tables = frozenset[FromClause]


def writes(statement: ClauseElement) -> bool:
    """Whether any part of it inserts, updates or deletes: a common table expression may, inside of a select."""
    return any(getattr(part, "is_dml", False) for part in iterate(statement))


def escapes_narrowing(statement: ClauseElement, outside: Tables = frozenset()) -> bool:
    """Whether a select in it, however deep, reads a table past the criteria.

    `outside` are the tables of the selects around it, to which it may refer.
    """
    if isinstance(statement, Select):
        reached = outside | _reached(statement)
        if set(_tables(statement.get_children())) - reached:
            return True
        outside = reached
    return any(escapes_narrowing(part, outside) for part in statement.get_children())


def _reached(select: Select[Any]) -> Tables:
    """The tables to which criteria are applied."""
    if select._propagate_attrs.get("compile_state_plugin") != "orm":
        return frozenset()
    joined = (_target(target) for target, *_ in select._setup_joins)
    return frozenset(filter(_is_table, (*select.columns_clause_froms, *select._from_obj, *joined)))


def _target(joined: Any) -> FromClause:
    """What `join` joins: an entity, or what a relationship leads to."""
    return joined.comparator.entity.selectable if hasattr(joined, "comparator") else joined


def _tables(parts: Iterable[Any]) -> Iterator[FromClause]:
    for part in parts:
        if isinstance(part, Join):
            yield from _tables((part.left, part.right))
        elif _is_table(part):
            yield part


def _is_table(part: Any) -> bool:
    return isinstance(part.element if isinstance(part, Alias) else part, Table)
