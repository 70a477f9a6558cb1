"""A database with rows of two partners and a desk in every table, and what the matrix says of each row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from flask import Flask
from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from app.access.models import Account
from app.database import Base, db, transaction
from app.models import METADATA
from app.reports.models import Answer, Report
from app.viewer import MIGRATION, ROLES, WORK, Viewer, acting_as
from tests.app.database.filling import fill
from tests.app.database.matrix import MATRIX
from tests.builders.accounts import an_account
from tests.builders.reports import a_report

Key = tuple[Any, ...]

OURS, THEIRS, BESIDE = "ke-health", "gh-mining", "ke-water-sanitation"
PARTNER, DESK = frozenset({"partner_member", "partner_lead"}), frozenset({"desk"})

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
        return self.seen(model, kind) if kind in MATRIX[model.__name__].writers else set()

    def keys(self, model: type[Base], most: int = 12) -> list[Key]:
        """Some rows of this model, whoever may see them."""
        return list(self.owners[model])[:most]

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
    accounts = {kind: _account(kind) for kind in sorted(ROLES)}
    owners = _reports()
    _answer(owners)
    _fill_what_is_empty()
    return World(app, {kind: _viewer(kind, accounts) for kind in KINDS}, _owners(owners, accounts))


def _account(kind: str) -> Account:
    return an_account(kind, country="KE" if kind == "desk" else None)


def _viewer(kind: str, accounts: dict[str, Account]) -> Viewer:
    viewer = Viewer(kind, account_id=accounts[kind].id if kind in accounts else None)
    if kind in PARTNER:
        return replace(viewer, partner="cedc", entry_points=frozenset({OURS}))
    return replace(viewer, country="KE") if kind in DESK else viewer


def _reports() -> dict[Any, frozenset[str]]:
    """The identifiers of four reports, each with whose own it is."""
    return {
        a_report(flags=[]).id: PARTNER,
        a_report(country="GH", entry_point=THEIRS, sector="mining", partner="wacam", flags=[]).id: frozenset(),
        a_report(entry_point=None, sector="other", partner="ke-desk", flags=[]).id: DESK,
        a_report(entry_point=BESIDE, sector="water-sanitation", flags=["outside_area"]).id: DESK,
    }


def _answer(reports: Iterable[Any]) -> None:
    with acting_as(MIGRATION), transaction() as session:
        session.add_all(Answer(report_id=report, body="It is on its way.", by="cedc: lead") for report in reports)


def _fill_what_is_empty() -> None:
    with acting_as(MIGRATION), transaction() as session:
        connection = session.connection()
        for table in METADATA.sorted_tables:
            if not connection.scalar(select(func.count()).select_from(table)):
                fill(connection, table)


def _owners(
    reports: dict[Any, frozenset[str]], accounts: dict[str, Account]
) -> dict[type[Base], dict[Key, frozenset[str]]]:
    people = {account.id: frozenset({kind}) for kind, account in accounts.items()}
    with acting_as(MIGRATION), transaction() as session:
        return {
            model: {key_of(row): _owners_of(row, reports, people) for row in session.scalars(select(model))}
            for model in MODELS
        }


def _owners_of(row: Base, reports: dict[Any, frozenset[str]], people: dict[int, frozenset[str]]) -> frozenset[str]:
    if isinstance(row, Account):
        return people[row.id]
    report = row.id if isinstance(row, Report) else getattr(row, "report_id", None)
    return reports.get(report, frozenset())
