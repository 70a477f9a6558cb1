"""Before a guarded act people prove again who they are, and then go on with what they were doing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.access.models import SignInSession
from app.database import transaction
from app.viewer import SIGN_IN, acting_as
from tests.app.access.browser import Browser, field
from tests.app.access.second_factor import enrolled, try_code
from tests.builders.accounts import PASSWORD, an_account

NEW = "quite another set of words"
ACT = "/account/password"
"""A guarded page, and a guarded form."""


def wait(minutes: float) -> None:
    with acting_as(SIGN_IN), transaction() as session:
        earlier = SignInSession.proved_at - timedelta(minutes=minutes)
        session.execute(update(SignInSession).values(proved_at=earlier))


def test_just_after_the_sign_in_nobody_is_asked(app: Flask):
    browser = Browser(app).sign_in(an_account())
    wait(9.9)
    assert browser.get(ACT).status_code == 200


def test_later_a_page_is_opened_after_the_password(app: Flask):
    browser = Browser(app).sign_in(an_account())
    wait(10.1)
    asked = browser.get(ACT)
    assert asked.location == "/account/prove?next=/account/password"
    page = browser.get(asked.location).text
    assert field(page, "next") == ACT
    assert browser.post("/account/prove", next=ACT, proof_password=PASSWORD).location == ACT
    assert browser.get(ACT).status_code == 200


def test_later_a_form_is_carried_along_and_done_after_the_password(app: Flask):
    account = an_account()
    browser = Browser(app).sign_in(account)
    wait(10.1)
    asked = browser.post(ACT, password=NEW)
    assert asked.status_code == 403
    assert field(asked.text, "password") == NEW
    assert Browser(app).try_password(account.email, NEW).status_code == 422
    assert browser.post(ACT, password=NEW, proof_password=PASSWORD).status_code == 303
    assert Browser(app).try_password(account.email, NEW).status_code == 303


def test_what_is_carried_along_cannot_break_out_of_the_page(app: Flask):
    browser = Browser(app).sign_in(an_account())
    wait(11)
    page = browser.post(ACT, password='"><script>alert(1)</script>').text
    assert "<script>alert" not in page


def test_the_asking_page_does_not_carry_its_own_answers(app: Flask):
    browser = Browser(app).sign_in(an_account())
    wait(11)
    page = browser.post(ACT, password=NEW, proof_password="not the right words").text
    assert "not the right words" not in page
    assert len(re.findall(r'name="csrf_token"', page.split("<main")[1].split("</main")[0])) == 1


@pytest.mark.parametrize("answer", ["", "not the right words"])
def test_a_wrong_password_does_nothing(app: Flask, answer: str):
    account = an_account()
    browser = Browser(app).sign_in(account)
    wait(11)
    assert browser.post(ACT, password=NEW, proof_password=answer).status_code == 422
    assert Browser(app).try_password(account.email, PASSWORD).status_code == 303


def test_guessing_is_braked(app: Flask):
    browser = Browser(app).sign_in(an_account())
    wait(11)
    tried = [browser.post(ACT, password=NEW, proof_password="wrong").status_code for _ in range(6)]
    assert tried == [422] * 5 + [429]
    assert browser.post(ACT, password=NEW, proof_password=PASSWORD).status_code == 429


def test_who_has_a_second_factor_proves_with_both(app: Flask):
    account, phone, codes = enrolled()
    browser, _status = try_code(app, account, codes[0])
    wait(11)
    assert 'name="proof_code"' in browser.get("/account/prove").text
    assert browser.post(ACT, password=NEW, proof_password=PASSWORD).status_code == 422
    assert browser.post(ACT, password=NEW, proof_password="wrong", proof_code=phone.code()).status_code == 422
    answer = browser.post(ACT, password=NEW, proof_password=PASSWORD, proof_code=phone.code())
    assert answer.status_code == 303


def test_proof_counts_in_the_browser_where_it_was_given_only(app: Flask):
    account = an_account()
    first, second = Browser(app).sign_in(account), Browser(app).sign_in(account)
    wait(11)
    first.post("/account/prove", proof_password=PASSWORD)
    assert (first.get(ACT).status_code, second.get(ACT).status_code) == (200, 303)


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_after_the_proof_nobody_is_led_away(app: Flask, path: str):
    browser = Browser(app).sign_in(an_account())
    assert browser.post("/account/prove", next=path, proof_password=PASSWORD).location == "/account"
