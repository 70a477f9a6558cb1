"""Guessing is braked, exactly and for a while only."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.access import throttle
from app.access.models import FailedSignIn
from app.database import transaction
from app.viewer import SIGN_IN, acting_as
from tests.app.access.browser import Browser
from tests.builders.accounts import PASSWORD, an_account

WRONG = "not the right words"


def let_time_pass(by: timedelta) -> None:
    with acting_as(SIGN_IN), transaction() as session:
        session.execute(update(FailedSignIn).values(at=FailedSignIn.at - by))


def fail(browser: Browser, email: str, times: int) -> list[int]:
    return [browser.try_password(email, WRONG).status_code for _ in range(times)]


def test_the_sixth_try_for_one_address_must_wait_even_with_the_right_password(app: Flask) -> None:
    account, browser = an_account(), Browser(app)
    assert fail(browser, account.email, 5) == [422] * 5
    answer = browser.try_password(account.email, PASSWORD)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    assert "Wait 15 minutes" in answer.text


def test_the_wait_ends_by_itself(app: Flask) -> None:
    account, browser = an_account(), Browser(app)
    fail(browser, account.email, 6)
    let_time_pass(timedelta(minutes=15, seconds=1))
    assert browser.try_password(account.email, PASSWORD).status_code == 303


def test_waiting_tries_do_not_make_the_wait_longer(app: Flask) -> None:
    account, browser = an_account(), Browser(app)
    fail(browser, account.email, 5)
    let_time_pass(timedelta(minutes=14))
    assert fail(browser, account.email, 3) == [429] * 3
    let_time_pass(timedelta(minutes=1, seconds=1))
    assert browser.try_password(account.email, PASSWORD).status_code == 303


def test_one_address_does_not_lock_out_another(app: Flask) -> None:
    first, second, browser = an_account(), an_account(), Browser(app)
    fail(browser, first.email, 6)
    assert browser.try_password(second.email, PASSWORD).status_code == 303


def test_the_right_password_clears_earlier_failures_of_the_address(app: Flask) -> None:
    account, browser = an_account(), Browser(app)
    for _ in range(3):
        assert fail(browser, account.email, 4) == [422] * 4
        assert browser.try_password(account.email, PASSWORD).status_code == 303


def test_unknown_addresses_are_braked_like_known_ones(app: Flask) -> None:
    assert fail(Browser(app), "nobody@example.org", 6) == [422] * 5 + [429]


def test_the_thirty_first_failure_from_one_place_must_wait_and_other_places_not(app: Flask) -> None:
    account = an_account()
    tried = [fail(Browser(app), f"guess{n}@example.org", 1)[0] for n in range(31)]
    assert tried == [422] * 30 + [429]
    assert Browser(app).try_password(account.email, PASSWORD).status_code == 429
    assert Browser(app, "198.51.100.7").try_password(account.email, PASSWORD).status_code == 303


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        (None, "unknown"),
        ("rubbish", "unknown"),
    ],
)
def test_a_place_is_what_one_customer_of_a_network_has(address: str | None, place: str) -> None:
    assert throttle.place_of(address) == place


def test_neither_address_nor_place_can_be_read_from_the_stored_failures(app: Flask) -> None:
    fail(Browser(app), "nobody@example.org", 1)
    with acting_as(SIGN_IN), transaction() as session:
        keys = list(session.scalars(select(FailedSignIn.key)))
    assert len(keys) == 2
    assert all(len(key) == 32 for key in keys)
    assert not any(b"nobody" in key or b"192" in key for key in keys)


def test_many_tries_at_once_are_let_through_no_more_than_five_times(app: Flask) -> None:
    attempt = throttle.read_attempt(app.extensions["vault"], "crowd@example.org", "192.0.2.9")

    def try_once(_number: int) -> bool:
        with app.app_context(), acting_as(SIGN_IN), transaction() as session:
            try:
                throttle.admit(session, attempt, datetime.now(UTC))
            except throttle.TooManyAttempts:
                return False
        return True

    with ThreadPoolExecutor(10) as pool:
        admitted = list(pool.map(try_once, range(40)))
    assert admitted.count(True) == throttle.PER_ADDRESS
