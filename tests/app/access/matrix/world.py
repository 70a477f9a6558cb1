"""The world of the tables: who is in it, what is in it, and how more of it is made."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.access.models import Account
from app.database import transaction
from app.viewer import MIGRATION, acting_as
from tests.app.access.matrix.people import Someone

HOME = {"country": "IN", "entry_point": "in-water-sanitation", "sector": "water-sanitation", "partner": "ska"}
TOLD = "no gloves for cleaning the sewer, call 98101 23456"

Names = dict[str, Any]


@dataclass
class World:
    """`things` are the rows that the tables name, each as what an address needs to lead to it; `names` are what
    forms say of others."""

    app: Flask
    people: dict[str, Someone]
    things: dict[str, Names] = field(default_factory=lambda: {"-": {}})
    names: Names = field(default_factory=dict)

    def mate_of(self, who: str) -> str:
        """A colleague of this person; empty for those who are the only one of theirs."""
        mates = {"staff": "lead", "lead": "staff", "other": "chief", "chief": "other"}
        account = self.people[mates[who]].account if who in mates else None
        return str(account.id) if account else ""

    def account_of(self, who: str) -> Account:
        account = self.people[who].account
        assert account
        return account


def send(world: World, path: str, **form: Any) -> TestResponse:
    """Send a form as SKA's lead; it must be one that is taken."""
    answer = world.people["lead"].post(path, form=str(uuid.uuid4()), **form)
    assert answer.status_code in (200, 303), (path, answer.status_code, answer.text)
    return answer


def stored(model: type, **wanted: Any) -> Any:
    """The newest such row."""
    with acting_as(MIGRATION), transaction() as session:
        key = next(iter(model.__mapper__.primary_key))
        return session.scalars(select(model).filter_by(**wanted).order_by(key.desc()).limit(1)).one()
