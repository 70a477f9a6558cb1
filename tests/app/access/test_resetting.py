"""Another password by e-mail: the same answer for everybody, and a link that is good once and for an hour."""

from __future__ import annotations

import re
from datetime import timedelta

import psycopg
import pytest
from flask import Flask
from sqlalchemy import select, update

from app.access import accounts
from app.access.models import Account, PasswordReset
from app.database import transaction
from app.viewer import SIGN_IN, acting_as
from tests.app.access.browser import Browser
from tests.app.access.out_of_order import OutOfOrder
from tests.app.access.second_factor import enrolled
from tests.app.access.test_sign_in import is_signed_in
from tests.app.outbox.working import jobs_waiting, work_until
from tests.builders.accounts import PASSWORD, an_account
from tests.builders.letters import letters, link_in
from tests.conftest import Database

NEW = "quite another set of words"


def ask(app: Flask, email: str, address: str = "192.0.2.1") -> str:
    return Browser(app, address).post("/forgotten-password", email=email).text


def link_for(app: Flask, database: Database, account: Account) -> str:
    """Ask, let the worker write the letter, and read it."""
    ask(app, account.email)
    work(app, database)
    return link_in([letter for letter in letters() if letter.purpose == "new_password"][-1])


def work(app: Flask, database: Database) -> None:
    app.extensions["mail"], kept = OutOfOrder(), app.extensions["mail"]
    try:
        work_until(lambda: jobs_waiting(database, "access.write_reset") == 0, app, database, "mail")
    finally:
        app.extensions["mail"] = kept


def test_a_link_in_a_letter_leads_to_another_password(app: Flask, database: Database):
    account = an_account()
    path, browser = link_for(app, database, account), Browser(app).sign_in(account)
    assert Browser(app).get(path).status_code == 200
    assert Browser(app).post(path, password=NEW).location == "/sign-in?done=password"
    assert not is_signed_in(browser)
    assert Browser(app).try_password(account.email, PASSWORD).status_code == 422
    assert Browser(app).try_password(account.email, NEW).status_code == 303


def test_a_link_is_good_once(app: Flask, database: Database):
    path = link_for(app, database, an_account())
    assert [Browser(app).post(path, password=NEW + more).status_code for more in ("", "!")] == [303, 404]
    assert Browser(app).get(path).status_code == 404


def test_opening_the_link_uses_nothing_up_and_a_weak_password_neither(app: Flask, database: Database):
    path = link_for(app, database, an_account())
    assert [Browser(app).get(path).status_code for _ in range(3)] == [200] * 3
    assert Browser(app).post(path, password="short").status_code == 422
    assert Browser(app).post(path, password=NEW).status_code == 303


def test_a_link_is_good_for_an_hour(app: Flask, database: Database):
    path = link_for(app, database, an_account())
    for minutes, status in ((59, 200), (2, 404)):
        with acting_as(SIGN_IN), transaction() as session:
            session.execute(update(PasswordReset).values(at=PasswordReset.at - timedelta(minutes=minutes)))
        assert Browser(app).get(path).status_code == status


def test_a_password_changed_otherwise_makes_the_link_worthless(app: Flask, database: Database):
    account = an_account()
    path = link_for(app, database, account)
    accounts.change_password(account.email, NEW)
    assert Browser(app).get(path).status_code == 404


def test_the_second_factor_stays(app: Flask, database: Database):
    account, phone, _codes = enrolled()
    Browser(app).post(link_for(app, database, account), password=NEW)
    browser = Browser(app)
    assert browser.try_password(account.email, NEW).location == "/sign-in/code"
    assert browser.post("/sign-in/code", code=phone.code()).status_code == 303


def test_known_and_unknown_addresses_get_the_same_answer_and_cause_the_same(app: Flask, database: Database):
    pages = [ask(app, email) for email in (an_account().email, "nobody@example.org", "\x00")]
    plain = {re.sub(r'name="csrf_token" value="[^"]*"', "", page) for page in pages}
    assert len(plain) == 1
    assert jobs_waiting(database, "access.write_reset") == 3
    work(app, database)
    assert len(letters()) == 1


@pytest.mark.parametrize("change", [{"is_demo": True}, {"disabled_at": "2026-01-01"}])
def test_disabled_accounts_and_those_of_the_demo_get_no_letter(app: Flask, database: Database, change: dict):
    account = an_account()
    with acting_as(SIGN_IN), transaction() as session:
        session.execute(update(Account).values(change))
    ask(app, account.email)
    work(app, database)
    assert letters() == []
    with acting_as(SIGN_IN), transaction() as session:
        assert session.scalars(select(PasswordReset)).all() == []


def test_neither_address_nor_token_is_stored_in_the_clear(app: Flask, database: Database):
    account = an_account()
    ask(app, account.email)
    asked = dump(database)
    path = link_for(app, database, account)
    assert account.email not in asked + dump(database)
    assert path.rpartition("/")[2] not in dump(database)


def test_asking_is_braked_for_known_and_unknown_addresses_alike(app: Flask, database: Database):
    for number, email in enumerate((an_account().email, "nobody@example.org")):
        answers = [Browser(app, f"192.0.2.{number}").post("/forgotten-password", email=email) for _ in range(6)]
        assert [answer.status_code for answer in answers] == [200] * 5 + [429]


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "x" * 5000])
def test_a_made_up_link_opens_nothing(app: Flask, token: str):
    assert Browser(app).get(f"/new-password/{token}").status_code == 404
    assert Browser(app).post(f"/new-password/{token}", password=NEW).status_code == 404


def test_the_letter_speaks_its_readers_language(app: Flask, database: Database):
    link_for(app, database, an_account(language="en"))
    assert letters()[-1].subject == "Choose another password"


def dump(database: Database) -> str:
    with psycopg.connect(database.server.url("postgres")) as connection:
        return str(connection.execute("SELECT * FROM password_reset").fetchall()) + str(
            connection.execute("SELECT args FROM procrastinate_jobs").fetchall()
        )
