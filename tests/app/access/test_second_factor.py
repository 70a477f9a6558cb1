"""A password alone opens nothing once a second factor is set up, and each code opens once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from flask import Flask
from sqlalchemy import select, update

from app.access import factor
from app.access.models import Account, RecoveryCode, SignInSession
from app.database import transaction
from app.viewer import SIGN_IN, acting_as
from tests.app.access.browser import Browser
from tests.app.access.second_factor import enrol, enrolled, try_code
from tests.app.access.test_sign_in import COOKIE, is_signed_in, stored_sessions
from tests.builders.accounts import PASSWORD, an_account
from tests.builders.letters import letters
from tests.conftest import Database


@pytest.fixture
def production(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], mode="production"))
    return app


def test_it_is_set_up_on_the_page_and_asked_for_from_then_on(app: Flask):
    account, browser = an_account(), Browser(app)
    phone, _codes = enrol(browser.sign_in(account))
    assert is_signed_in(browser)
    assert "on since" in browser.get("/account").text
    other, status = try_code(app, account, phone.code())
    assert (status, is_signed_in(other)) == (303, True)


def test_between_password_and_code_every_page_is_shut(app: Flask):
    account, _phone, _codes = enrolled()
    browser = Browser(app)
    assert browser.try_password(account.email, PASSWORD, next="/inbox?status=new").status_code == 303
    for path in ("/inbox", "/directory", "/account", "/account/second-factor", "/account/prove"):
        assert browser.get(path).location.startswith("/sign-in?next="), path
    assert browser.get("/sign-in").status_code == 200
    assert browser.get("/sign-in/code").status_code == 200


def test_the_code_leads_to_where_one_wanted(app: Flask):
    account, phone, _codes = enrolled()
    browser = Browser(app)
    answer = browser.try_password(account.email, PASSWORD, next="/directory")
    assert answer.location == "/sign-in/code?next=/directory"
    assert browser.post("/sign-in/code", code=phone.code(), next="/directory").location == "/directory"


def test_the_token_is_another_one_after_the_code(app: Flask):
    account, phone, _codes = enrolled()
    browser = Browser(app)
    browser.try_password(account.email, PASSWORD)
    before = browser.cookie(COOKIE) or ""
    browser.post("/sign-in/code", code=phone.code())
    assert browser.cookie(COOKIE) != before
    thief = Browser(app)
    thief.set_cookie(COOKIE, before)
    assert not is_signed_in(thief)
    assert len(stored_sessions()) == 1


@pytest.mark.parametrize("code", ["", "000000", "12345", "1234567", "٠٠٠٠٠٠", "x" * 10_000, "\x00", "' OR 1=1"])
def test_a_wrong_code_opens_nothing(app: Flask, code: str):
    account, _phone, _codes = enrolled()
    browser, status = try_code(app, account, code)
    assert (status, is_signed_in(browser)) == (422, False)


def test_a_code_is_good_once(app: Flask):
    account, phone, _codes = enrolled()
    code = phone.code()
    assert [try_code(app, account, code)[1] for _time in range(2)] == [303, 422]


def test_a_code_from_before_the_last_one_used_is_worth_nothing(app: Flask):
    account, phone, _codes = enrolled()
    assert [try_code(app, account, phone.code(later))[1] for later in (1, 0)] == [303, 422]


@pytest.mark.parametrize(("later", "status"), [(-2, 422), (0, 303), (1, 303), (2, 422)])
def test_a_clock_may_be_half_a_minute_off(app: Flask, later: int, status: int):
    account, phone, _codes = enrolled()
    assert try_code(app, account, phone.code(later))[1] == status


def test_of_many_tries_with_one_code_at_once_a_single_one_opens(app: Flask):
    account, phone, _codes = enrolled()
    code, browsers = phone.code(), [Browser(app) for _ in range(4)]
    for browser in browsers:
        browser.try_password(account.email, PASSWORD)
    tokens = [browser.token() for browser in browsers]
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(
            lambda one: one[0].post_bare("/sign-in/code", code=code, csrf_token=one[1]).status_code,
            zip(browsers, tokens, strict=True),
        )
        assert sorted(answers) == [303, 422, 422, 422]


def test_codes_are_braked_by_themselves(app: Flask):
    account, phone, _codes = enrolled()
    tried = [try_code(app, account, "000000")[1] for _time in range(5)]
    assert tried == [422] * 5
    assert try_code(app, account, phone.code())[1] == 429


def test_the_time_between_password_and_code_is_short(app: Flask):
    account, phone, _codes = enrolled()
    browser = Browser(app)
    browser.try_password(account.email, PASSWORD)
    with acting_as(SIGN_IN), transaction() as session:
        started = SignInSession.started_at - timedelta(minutes=10, seconds=1)
        session.execute(update(SignInSession).values(started_at=started))
    assert browser.post("/sign-in/code", code=phone.code()).location == "/sign-in"


def test_a_recovery_code_opens_once_in_whatever_way_it_is_typed(app: Flask):
    account, _phone, codes = enrolled()
    assert len(set(codes)) == factor.RECOVERY_CODES
    typed = codes[0].replace("-", " ").lower().replace("0", "o")
    assert [try_code(app, account, code)[1] for code in (typed, codes[0], codes[1])] == [303, 422, 303]


def test_new_recovery_codes_make_the_old_ones_worthless(app: Flask):
    account, phone, codes = enrolled()
    browser, _status = try_code(app, account, phone.code())
    fresh = browser.post("/account/second-factor/codes").text
    assert codes[0] not in fresh
    assert try_code(app, account, codes[0])[1] == 422
    assert "recovery codes left" in browser.get("/account").text


def test_what_is_stored_of_secret_and_codes_gives_neither_away(app: Flask, database: Database):
    account, phone, codes = enrolled()
    with psycopg.connect(database.server.url("postgres")) as connection:
        [kept] = connection.execute("SELECT factor_secret FROM account WHERE id = %s", [account.id]).fetchone()
    assert phone.totp.secret.encode() not in kept
    with acting_as(SIGN_IN), transaction() as session:
        hashes = [row.code_hash for row in session.scalars(select(RecoveryCode))]
    assert not [code for code in codes for kept in hashes if code.replace("-", "").encode() in kept]


def test_looking_at_the_page_changes_nothing(app: Flask):
    account = an_account()
    browser = Browser(app).sign_in(account)
    assert "qr" not in browser.get("/account/second-factor").text
    with acting_as(SIGN_IN), transaction() as session:
        assert session.get_one(Account, account.id).factor_draft is None


def test_a_wrong_code_while_setting_up_leaves_it_off(app: Flask):
    account, browser = an_account(), Browser(app)
    browser.sign_in(account).post("/account/second-factor/begin")
    assert browser.post("/account/second-factor/confirm", code="000000").status_code == 422
    assert Browser(app).try_password(account.email, PASSWORD).location == "/inbox"


def test_confirming_what_was_never_begun_does_nothing(app: Flask):
    browser = Browser(app).sign_in(an_account())
    answer = browser.post("/account/second-factor/confirm", code="000000")
    assert (answer.status_code, answer.location) == (303, "/account/second-factor")


def test_setting_it_up_signs_out_other_browsers_and_is_told_by_letter(app: Flask):
    account = an_account(language="fr")
    old, browser = Browser(app).sign_in(account), Browser(app).sign_in(account)
    enrol(browser)
    assert (is_signed_in(old), is_signed_in(browser)) == (False, True)
    assert [(letter.to, letter.purpose) for letter in letters()] == [(account.email, "account_notice")]


def test_the_old_telephone_is_good_until_the_new_one_is_confirmed(app: Flask):
    account, phone, codes = enrolled()
    browser, _status = try_code(app, account, codes[0])
    browser.post("/account/second-factor/begin")
    assert try_code(app, account, phone.code())[1] == 303


def test_production_leads_everybody_to_set_it_up_before_any_other_page(production: Flask):
    browser = Browser(production).sign_in(an_account())
    for path in ("/inbox", "/directory", "/account", "/account/password"):
        assert browser.get(path).location == "/account/second-factor", path
    assert browser.post("/inbox/KE-0000000/note", note="x").location == "/account/second-factor"
    assert "Before you go on" in browser.get("/account/second-factor").text
    enrol(browser)
    assert browser.get("/inbox").status_code == 200


def test_accounts_of_the_demo_sign_in_by_password_alone_whoever_tried_the_second_factor(app: Flask):
    account = an_account()
    with acting_as(SIGN_IN), transaction() as session:
        session.execute(update(Account).values(is_demo=True))
    other, browser = Browser(app).sign_in(account), Browser(app).sign_in(account)
    assert "the password alone still signs in" in browser.get("/account/second-factor").text
    enrol(browser)
    assert is_signed_in(other)
    assert Browser(app).try_password(account.email, PASSWORD).location == "/inbox"
