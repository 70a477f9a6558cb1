"""Signing in, staying signed in, and being signed out."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select, update

from app.access import accounts
from app.access.models import Account, SignInSession
from app.access.passwords import is_outdated
from app.database import transaction
from app.viewer import SIGN_IN, acting_as
from tests.app.access.browser import Browser
from tests.builders.accounts import PASSWORD, an_account

COOKIE = "__Host-gapline"


def stored_sessions() -> list[SignInSession]:
    with acting_as(SIGN_IN), transaction() as session:
        return list(session.scalars(select(SignInSession)))


def move_back(**times: timedelta) -> None:
    """Make the stored sessions older than they are."""
    with acting_as(SIGN_IN), transaction() as session:
        session.execute(
            update(SignInSession).values({name: getattr(SignInSession, name) - by for name, by in times.items()})
        )


def is_signed_in(browser: Browser) -> bool:
    return browser.get("/directory").status_code == 200


@pytest.mark.parametrize(
    ("role", "landing"),
    [
        ("partner_member", "/inbox"),
        ("partner_lead", "/inbox"),
        ("desk", "/inbox"),
        ("reviewer", "/review"),
        ("administrator", "/directory"),
    ],
)
def test_each_role_lands_where_its_work_is(app: Flask, role: str, landing: str) -> None:
    answer = Browser(app).try_password(an_account(role).email, PASSWORD)
    assert (answer.status_code, answer.location) == (303, landing)


def test_the_address_is_read_in_any_case_and_with_spaces_around_it(app: Flask) -> None:
    account = an_account()
    assert Browser(app).try_password(f"  {account.email.upper()} ", PASSWORD).status_code == 303


@pytest.mark.parametrize("password", ["", "wrong", PASSWORD + "x", PASSWORD.upper(), "x" * 100_000, "\ud800\x00"])
def test_a_wrong_password_starts_no_session(app: Flask, password: str) -> None:
    answer = Browser(app).try_password(an_account().email, password.encode("utf-8", "replace").decode())
    assert answer.status_code == 422
    assert stored_sessions() == []


def test_an_unknown_address_gets_the_same_body_as_a_wrong_password(app: Flask) -> None:
    known, unknown = an_account().email, "nobody@example.org"
    pages = [Browser(app).try_password(email, "not the right words").text for email in (known, unknown)]
    plain = [
        re.sub(r'name="csrf_token" value="[^"]*"', "", page).replace(email, "")
        for page, email in zip(pages, (known, unknown), strict=True)
    ]
    assert plain[0] == plain[1]
    assert "The e-mail address or the password is not right." in plain[0]


@pytest.mark.parametrize("email", ["\x00", "a\x00@example.org", "x" * 50_000, "' OR 1=1 --", "\u202ex@example.org"])
def test_no_address_however_odd_breaks_the_page(app: Flask, email: str) -> None:
    assert Browser(app).try_password(email, PASSWORD).status_code == 422


def test_the_cookie_is_bound_to_the_host_and_out_of_reach_of_scripts(app: Flask) -> None:
    answer = Browser(app).try_password(an_account().email, PASSWORD)
    [cookie] = [c for c in answer.headers.getlist("Set-Cookie") if c.startswith(COOKIE + "=")]
    assert set(cookie.split("; ")[1:]) == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_only_a_hash_of_the_token_is_stored(app: Flask) -> None:
    token = Browser(app).sign_in(an_account()).cookie(COOKIE) or ""
    assert [row.token_hash for row in stored_sessions()] == [hashlib.sha256(token.encode()).digest()]
    assert len(token) >= 43


def test_the_token_is_new_at_every_sign_in_and_the_older_one_dies(app: Flask) -> None:
    account, browser = an_account(), Browser(app)
    browser.sign_in(account)
    first = browser.cookie(COOKIE) or ""
    browser.sign_in(account)
    assert browser.cookie(COOKIE) != first
    thief = Browser(app)
    thief.set_cookie(COOKIE, first)
    assert not is_signed_in(thief)


def test_a_token_planted_before_sign_in_is_worth_nothing_after_it(app: Flask) -> None:
    browser = Browser(app)
    browser.set_cookie(COOKIE, "planted")
    browser.sign_in(an_account())
    assert browser.cookie(COOKIE) != "planted"
    assert len(stored_sessions()) == 1


def test_the_form_token_from_before_sign_in_is_worth_nothing_after_it(app: Flask) -> None:
    browser = Browser(app)
    before = browser.token()
    browser.sign_in(an_account())
    assert browser.post_bare("/sign-out", csrf_token=before).status_code == 400


def test_signing_out_kills_the_session_and_not_only_the_cookie(app: Flask) -> None:
    browser = Browser(app).sign_in(an_account())
    token = browser.cookie(COOKIE) or ""
    assert browser.post("/sign-out").status_code == 303
    assert browser.cookie(COOKIE) is None
    browser.set_cookie(COOKIE, token)
    assert not is_signed_in(browser)


def test_signing_out_by_a_link_is_impossible(app: Flask) -> None:
    browser = Browser(app).sign_in(an_account())
    assert browser.get("/sign-out").status_code == 405
    assert is_signed_in(browser)


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/language", "/inbox/KE-0000000/note"])
def test_a_form_without_its_token_is_refused(app: Flask, path: str) -> None:
    browser = Browser(app).sign_in(an_account())
    answer = browser.post_bare(path, email="a", password="b", language="fr", note="x")
    assert answer.status_code == 400
    assert "We could not read this form" in answer.text


def test_a_session_ends_when_it_has_been_idle_for_twelve_hours(app: Flask) -> None:
    browser = Browser(app).sign_in(an_account())
    move_back(seen_at=timedelta(hours=11, minutes=59))
    assert is_signed_in(browser)
    move_back(seen_at=timedelta(hours=12, minutes=1))
    assert not is_signed_in(browser)


def test_a_session_ends_after_seven_days_however_busy(app: Flask) -> None:
    browser = Browser(app).sign_in(an_account())
    move_back(started_at=timedelta(days=6, hours=23))
    assert is_signed_in(browser)
    move_back(started_at=timedelta(hours=2))
    assert not is_signed_in(browser)


def test_sessions_that_have_run_out_are_deleted_at_the_next_sign_in(app: Flask) -> None:
    Browser(app).sign_in(an_account())
    move_back(seen_at=timedelta(hours=13))
    Browser(app).sign_in(an_account())
    assert len(stored_sessions()) == 1


def test_a_hash_made_with_weaker_parameters_is_renewed_at_sign_in(app: Flask) -> None:
    account = an_account()
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with acting_as(SIGN_IN), transaction() as session:
        session.execute(update(Account).values(password_hash=weak))
    Browser(app).sign_in(account)
    with acting_as(SIGN_IN), transaction() as session:
        assert not is_outdated(session.get_one(Account, account.id).password_hash)
    assert Browser(app).try_password(account.email, PASSWORD).status_code == 303


def test_being_seen_is_written_down_at_most_every_five_minutes(app: Flask) -> None:
    browser = Browser(app).sign_in(an_account())
    [before] = stored_sessions()
    assert is_signed_in(browser)
    assert stored_sessions()[0].seen_at == before.seen_at
    move_back(seen_at=timedelta(minutes=6))
    assert is_signed_in(browser)
    assert datetime.now(UTC) - stored_sessions()[0].seen_at < timedelta(minutes=1)


def test_disabling_an_account_ends_its_sessions_at_once_and_for_good(app: Flask) -> None:
    account = an_account()
    browser = Browser(app).sign_in(account)
    accounts.disable(account.email)
    assert not is_signed_in(browser)
    assert stored_sessions() == []
    assert browser.try_password(account.email, PASSWORD).status_code == 422


def test_a_row_that_says_disabled_is_enough_to_shut_out_a_live_session(app: Flask) -> None:
    account = an_account()
    browser = Browser(app).sign_in(account)
    with acting_as(SIGN_IN), transaction() as session:
        session.execute(update(Account).values(disabled_at=datetime.now(UTC)))
    assert len(stored_sessions()) == 1
    assert not is_signed_in(browser)


def test_another_password_ends_the_sessions_made_with_the_old_one(app: Flask) -> None:
    account = an_account()
    browser = Browser(app).sign_in(account)
    accounts.change_password(account.email, "quite another set of words")
    assert not is_signed_in(browser)
    assert browser.try_password(account.email, PASSWORD).status_code == 422
    assert browser.try_password(account.email, "quite another set of words").status_code == 303


def test_who_is_signed_in_already_goes_straight_to_work(app: Flask) -> None:
    browser = Browser(app).sign_in(an_account())
    assert browser.get("/sign-in").location == "/inbox"


def test_changing_an_account_that_does_not_exist_is_an_error(app: Flask) -> None:
    assert app
    with pytest.raises(accounts.NoAccount):
        accounts.disable("nobody@example.org")


def test_a_demo_account_signs_in_nowhere_but_in_the_demo(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    account = an_account()
    with acting_as(SIGN_IN), transaction() as session:
        session.execute(update(Account).values(is_demo=True))
    assert Browser(app).try_password(account.email, PASSWORD).status_code == 303
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], mode="production"))
    assert Browser(app).try_password(account.email, PASSWORD).status_code == 422
