"""A database with rows of two partners and a desk in every table, and what the matrix says of each row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from flask import Flask
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from app.access.models import Account
from app.database import Base, db, transaction
from app.viewer import MIGRATION, ROLES, WORK, Viewer, acting_as
from tests.app.database.matrix import MATRIX
from tests.app.database.rows import DESK, OURS, PARTNER, Owned, add_accounts, add_rows, owners_of

Key = tuple[Any, ...]

MODELS: tuple[type[Base], ...] = tuple(
    sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda model: model.__name__)
)
KINDS = sorted(ROLES | WORK)


@dataclass(frozen=True)
class World:
    """`owners` gives for each row, by its model and primary key, the kinds of viewers whose own it is."""

    app: Flask
    viewers: dict[str, Viewer]
    owners: dict[type[Base], dict[Key, frozenset[str]]]

    def seen(self, model: type[Base], kind: str) -> set[Key]:
        """The rows that this viewer is to see."""
        access, rows = MATRIX[model.__name__], self.owners[model]
        if kind in access.all:
            return set(rows)
        return {key for key, owners in rows.items() if kind in access.own and kind in owners}

    def written(self, model: type[Base], kind: str) -> set[Key]:
        """The rows that this viewer may write."""
        access, seen = MATRIX[model.__name__], self.seen(model, kind)
        if kind in access.own_writers:
            return {key for key in seen if kind in self.owners[model][key]}
        return seen if kind in access.writers else set()

    def keys(self, model: type[Base]) -> list[Key]:
        """One row of this model for each owner that it has rows of, nobody included."""
        return list({owners: key for key, owners in self.owners[model].items()}.values())

    def row(self, model: type[Base], key: Key) -> Any:
        """This row, read by somebody who may, and detached."""
        with acting_as(MIGRATION), transaction() as session:
            return session.get_one(model, key)

    @contextmanager
    def acting(self, kind: str) -> Iterator[Session]:
        """A session of this viewer; what it writes is undone."""
        with acting_as(self.viewers[kind]):
            try:
                yield db.session()
            finally:
                db.session.close()


def key_of(row: Base) -> Key:
    return tuple(inspect(row).mapper.primary_key_from_instance(row))


def build(app: Flask) -> World:
    """Fill the database; call it with an app context, and empty the database afterwards."""
    accounts = add_accounts()
    owned = add_rows(accounts)
    return World(app, {kind: _viewer(kind, accounts) for kind in KINDS}, _owners(owned))


def _viewer(kind: str, accounts: dict[str, Account]) -> Viewer:
    viewer = Viewer(kind, account_id=accounts[kind].id if kind in accounts else None)
    if kind in PARTNER:
        return replace(viewer, partner="cedc", entry_points=frozenset({OURS}))
    return replace(viewer, country="KE") if kind in DESK else viewer


def _owners(owned: Owned) -> dict[type[Base], dict[Key, frozenset[str]]]:
    with acting_as(MIGRATION), transaction() as session:
        return {
            model: {key_of(row): owners_of(row, owned) for row in session.scalars(select(model))}
            for model in MODELS
        }
