"""One row for a table that nobody has a builder for: made from its columns, pointing at rows that exist."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, Table, insert, select
from sqlalchemy.types import (
    ARRAY,
    JSON,
    Boolean,
    Date,
    DateTime,
    Enum,
    Integer,
    LargeBinary,
    Numeric,
    String,
    TypeEngine,
    Uuid,
)

BY_TYPE: tuple[tuple[type[TypeEngine[Any]], Any], ...] = (
    (ARRAY, []),
    (JSON, {}),
    (Boolean, False),
    (Integer, 1),
    (Numeric, Decimal(1)),
    (LargeBinary, b"sealed"),
    (DateTime, datetime(2026, 11, 20, 7, 4, 45, tzinfo=UTC)),
    (Date, date(2026, 11, 20)),
)


class CannotFill(TypeError):
    """There is no example yet for a column of this type."""


def fill(connection: Connection, table: Table, **given: Any) -> None:
    """Insert one row, with these values. What has a default, or may be empty and points nowhere, is left out."""
    columns = [column for column in table.columns if column.name not in given and _is_wanted(column)]
    row = {column.name: _value(connection, column) for column in columns} | given
    connection.execute(insert(table).values(row) if row else insert(table))


def _is_wanted(column: Column[Any]) -> bool:
    if column.server_default is not None or column.identity or column is column.table.autoincrement_column:
        return False
    return bool(column.foreign_keys) or not column.nullable


def _value(connection: Connection, column: Column[Any]) -> Any:
    if column.foreign_keys:
        return _pointing(connection, next(iter(column.foreign_keys)))
    if isinstance(column.type, Enum):
        return column.type.enums[0]
    if isinstance(column.type, Uuid):
        return uuid.uuid4()
    if isinstance(column.type, String):
        return f"{column.name} of a row"[: column.type.length]
    return _example(column)


def _example(column: Column[Any]) -> Any:
    for kind, value in BY_TYPE:
        if isinstance(column.type, kind):
            return value
    raise CannotFill(f"{column.table.name}.{column.name}: {column.type!r}")


def _pointing(connection: Connection, key: ForeignKey) -> Any:
    return connection.scalar(select(key.column).limit(1))
