"""One's own account: where one is signed in, what happened lately, another password."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.access.models import Account, SignInRecord
from app.access.visits import device_of, shortened
from app.database import transaction
from app.viewer import SIGN_IN, acting_as
from tests.app.access.browser import Browser
from tests.app.access.second_factor import enrolled, try_code
from tests.app.access.test_sign_in import is_signed_in
from tests.builders.accounts import PASSWORD, an_account
from tests.builders.letters import letters

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
NEW = "quite another set of words"


def others(browser: Browser) -> list[str]:
    """The paths of the forms that sign out other browsers."""
    return re.findall(r'action="(/account/sessions/[0-9a-f-]{36}/end)"', browser.get("/account").text)


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, "Firefox, Linux"),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("", ""),
        ("\x00<script>", ""),
    ],
)
def test_a_browser_is_known_by_its_family(agent: str, device: str):
    assert device_of(agent) == device


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        (None, ""),
        ("no address", ""),
    ],
)
def test_a_network_is_shortened(address: str | None, network: str):
    assert shortened(address) == network


def test_each_browser_is_listed_with_its_family_and_network(app: Flask):
    account = an_account()
    page = Browser(app, "198.51.100.7").sign_in(account).get("/account").text
    assert "198.51.100.0/24" in page
    assert "198.51.100.7" not in page
    assert "this browser" in page


def test_one_browser_is_signed_out_from_another(app: Flask):
    account = an_account()
    here, there, third = (Browser(app).sign_in(account) for _ in range(3))
    [path] = [path for path in others(here) if path in others(third)]
    assert here.post(path).status_code == 303
    assert [is_signed_in(one) for one in (here, there, third)] == [True, False, True]


def test_all_others_are_signed_out_at_once(app: Flask):
    account = an_account()
    here, *rest = (Browser(app).sign_in(account) for _ in range(3))
    assert here.post("/account/sessions/end-others").status_code == 303
    assert [is_signed_in(one) for one in (here, *rest)] == [True, False, False]


def test_nobody_signs_out_somebody_else(app: Flask):
    mine, theirs = an_account(), an_account()
    Browser(app).sign_in(mine)
    victim, thief = Browser(app).sign_in(mine), Browser(app).sign_in(theirs)
    [path] = others(victim)
    assert thief.post(path).status_code == 303
    assert len(others(victim)) == 1
    thief.post("/account/sessions/end-others")
    assert is_signed_in(victim)


def test_sign_ins_and_failed_tries_are_listed(app: Flask):
    account, _phone, codes = enrolled()
    Browser(app, "203.0.113.9").try_password(account.email, "not the right words")
    try_code(app, account, "000000")
    browser, _status = try_code(app, account, codes[0])
    page = browser.get("/account").text
    lines = [
        re.sub("<[^>]+>", "", line) for line in page.split('id="latest"')[1].split("</ol>")[0].split("<li")[1:]
    ]
    assert ["Signed in" in lines[0], "wrong code" in lines[1], "Wrong password" in lines[2]] == [True] * 3
    assert "203.0.113.0/24" in lines[2]


def test_old_sign_ins_are_forgotten(app: Flask):
    account = an_account()
    Browser(app).sign_in(account)
    with acting_as(SIGN_IN), transaction() as session:
        session.execute(update(SignInRecord).values(at=datetime.now(UTC) - timedelta(days=91)))
    Browser(app).sign_in(account)
    with acting_as(SIGN_IN), transaction() as session:
        assert len(session.scalars(select(SignInRecord)).all()) == 1


def test_another_password_keeps_this_browser_signs_out_the_others_and_is_told(app: Flask):
    account = an_account()
    here, there = Browser(app).sign_in(account), Browser(app).sign_in(account)
    before = here.cookie("__Host-gapline")
    assert here.post("/account/password", password=NEW).location == "/account?done=password"
    assert here.cookie("__Host-gapline") != before
    assert (is_signed_in(here), is_signed_in(there)) == (True, False)
    assert Browser(app).try_password(account.email, PASSWORD).status_code == 422
    assert [letter.to for letter in letters()] == [account.email]


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "at least 15"),
        ("passwordpassword123", "common password"),
        ("a" * 20, "same few"),
        ("x" * 300, "at most"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(app: Flask, password: str, said: str):
    browser = Browser(app).sign_in(an_account())
    answer = browser.post("/account/password", password=password)
    assert answer.status_code == 422
    assert said in answer.text


def test_the_password_of_the_demo_stays_as_it_is_printed(app: Flask):
    account = an_account()
    with acting_as(SIGN_IN), transaction() as session:
        session.execute(update(Account).values(is_demo=True))
    browser = Browser(app).sign_in(account)
    assert "stays as it is" in browser.get("/account/password").text
    assert browser.post("/account/password", password=NEW).status_code == 403
