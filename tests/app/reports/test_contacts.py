"""The contact vault: one row per number, sealed, and found again."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import psycopg
import pytest
from flask import Flask

from app.database import transaction
from app.reports.contacts import meet, number_of, start, stop
from app.reports.models import Contact
from app.settings import new_secret
from app.vault import CannotOpen, Vault
from app.viewer import INTAKE, acting_as
from tests.builders.messages import a_contact
from tests.builders.reports import a_number
from tests.builders.stored import rows
from tests.conftest import Database


def test_a_number_is_met_once_and_known_again(app: Flask) -> None:
    number = a_number()
    first, again, other = a_contact(number), a_contact(number), a_contact()
    assert first.id == again.id != other.id
    assert again.last_seen >= first.last_seen
    assert number_of(again) == number


def test_two_at_once_meet_one_contact(app: Flask) -> None:
    number = a_number()

    def meet_it(_: int) -> Contact:
        with app.app_context():
            return a_contact(number)

    with ThreadPoolExecutor(4) as threads:
        met = list(threads.map(meet_it, range(8)))
    assert {contact.id for contact in met} == {contact.id for contact in rows(Contact)}


def test_the_number_stands_nowhere_in_the_row(app: Flask, database: Database) -> None:
    number = "+254711987654"
    a_contact(number)
    with psycopg.connect(database.app_url) as connection:
        connection.execute("SELECT set_config('gapline.viewer', 'worker', false)")
        (row,) = connection.execute("SELECT contact.*::text FROM contact").fetchone() or ("",)
        (sealed,) = connection.execute("SELECT number_sealed FROM contact").fetchone() or (b"",)
    assert len(row) > 100
    for part in (number, number[1:], number[4:], number.encode().hex(), number[1:].encode().hex()):
        assert part not in row
        assert part.encode() not in sealed


def test_a_sealed_number_opens_only_in_its_own_row(app: Flask) -> None:
    mine, theirs = a_contact(), a_contact()
    mine.number_sealed = theirs.number_sealed
    with pytest.raises(CannotOpen):
        number_of(mine)


def test_after_a_new_key_is_put_first_old_numbers_open_and_people_are_known_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = a_number()
    before = a_contact(number)
    with rotated(app, monkeypatch) as vault:
        after = a_contact(number)
        assert after.id == before.id
        assert number_of(after) == number
        assert a_contact().number_sealed.startswith(next(iter(vault.keys)).encode() + b":")


@contextmanager
def rotated(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Vault]:
    old: Vault = app.extensions["vault"]
    new = replace(old, keys={"k2": bytes.fromhex(new_secret()), **old.keys})
    monkeypatch.setitem(app.extensions, "vault", new)
    yield new


def test_stop_and_start_concern_one_channel_and_may_be_repeated(app: Flask) -> None:
    number = a_number()
    with acting_as(INTAKE), transaction() as session:
        contact = meet(session, number, "KE")
        for channel in ("at-sms-ke", "twilio-sms-ke", "at-sms-ke"):
            stop(contact, channel)
    assert rows(Contact)[0].stopped == ["at-sms-ke", "twilio-sms-ke"]
    with acting_as(INTAKE), transaction() as session:
        contact = meet(session, number, "KE")
        for channel in ("at-sms-ke", "at-sms-ke", "twilio-sms-gh"):
            start(contact, channel)
    assert rows(Contact)[0].stopped == ["twilio-sms-ke"]
