"""With the reference and the secret a report opens, and with nothing else."""

from __future__ import annotations

import pytest
from flask import Flask

from app.channels.web import brakes
from tests.app.channels.web.test_filing import an_hour_passes
from tests.app.channels.web.tracker import both_browsers, opened, reported
from tests.app.channels.web.visitor import Visitor, heading, title
from tests.builders.reports import a_report


@both_browsers
def test_the_right_secret_shows_where_the_report_stands(app: Flask, keeps_cookies: bool) -> None:
    reference, secret = reported(app)
    page = opened(Visitor(app, keeps_cookies=keeps_cookies), reference, secret)
    assert (page.status_code, heading(page)) == (200, f"Your report {reference}")
    assert "Recorded, waiting for a person." in page.text
    assert "There is no answer yet." in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert reference not in title(page)


def test_the_persons_own_words_are_not_shown(app: Flask) -> None:
    page = opened(Visitor(app), *reported(app))
    assert "malaria" not in page.text
    assert "Nambale" not in page.text


def test_the_report_is_told_apart_by_its_sector_and_problem_in_the_readers_language(app: Flask) -> None:
    reference, secret = reported(app)
    visitor = Visitor(app)
    page = visitor.fill_in(visitor.get("/track?language=sw"), "/track", reference=reference, secret=secret)
    assert "<p>Afya: Hakuna dawa</p>" in page.text


def test_a_sensitive_problem_is_not_named_where_others_may_look_on(app: Flask) -> None:
    there = {"country": {"country": "GH"}, "sector": {"sector": "mining"}, "area": {"area": ""}}
    page = opened(Visitor(app), *reported(app, **there, problem={"problem": "gh-mining/security-force-abuse"}))
    assert "<p>Mining</p>" in page.text
    assert "security" not in page.text


def test_the_page_can_be_loaded_again_where_cookies_are_kept(app: Flask) -> None:
    visitor = Visitor(app, keeps_cookies=True)
    reference, secret = reported(app)
    opened(visitor, reference, secret)
    assert heading(visitor.get("/track")) == f"Your report {reference}"
    assert secret.replace(" ", "") not in visitor.get("/track").text


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites_and_ends_with_the_browser(app: Flask) -> None:
    visitor = Visitor(app, keeps_cookies=True)
    reference, secret = reported(app)
    page = visitor.fill_in(visitor.get("/track"), "/track", reference=reference, secret=secret)
    [cookie] = page.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-gapline-report=")
    assert set(cookie.split("; ")[1:]) == {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"}


@pytest.mark.parametrize("write", [str.lower, lambda t: t.replace("0", "O").replace("1", "l"), lambda t: f" {t}. "])
def test_reference_and_secret_are_read_leniently(app: Flask, write) -> None:
    reference, secret = reported(app)
    written = f"{reference[:2]} {write(reference[3:])}"
    assert opened(Visitor(app), written, write(secret)).status_code == 200


@pytest.mark.parametrize("write", [lambda s: s[::-1], lambda s: s[:-1], lambda s: s + "0", lambda _: "0" * 10])
def test_a_wrong_secret_opens_nothing_and_is_not_shown_again(app: Flask, write) -> None:
    reference, secret = reported(app)
    page = opened(Visitor(app), reference, write(secret))
    assert page.status_code == 422
    assert "The reference and the secret do not belong together." in page.text
    assert (reference in page.text, write(secret) in page.text) == (True, False)


def test_an_unknown_reference_gets_the_very_same_answer(app: Flask) -> None:
    reference, _secret = reported(app)
    unknown = a_report().reference  # by text message: it has no secret
    pages = {one: opened(Visitor(app), one, "0" * 10) for one in (reference, unknown, "KE-0000000")}
    assert len({page.text.replace(one, "") for one, page in pages.items()}) == 1
    assert {page.status_code for page in pages.values()} == {422}


def test_a_secret_opens_no_other_report(app: Flask) -> None:
    reference, _ = reported(app)
    _, secret = reported(app)
    assert opened(Visitor(app), reference, secret).status_code == 422


WRONG = [
    ("", "0123456789", "Write the reference."),
    ("hello", "0123456789", "This is not a reference."),
    ("KE-7F3K9Q0", "0123456789", "One letter or number of the reference is wrong."),
    ("KE-7F3K9QS", "", "Write the secret."),
]


@pytest.mark.parametrize(("reference", "secret", "message"), WRONG)
def test_what_cannot_be_right_is_explained(app: Flask, reference: str, secret: str, message: str) -> None:
    page = opened(Visitor(app), reference, secret)
    assert (page.status_code, message in page.text, title(page).startswith("Error: ")) == (422, True, True)


def test_both_fields_left_empty_are_both_named(app: Flask) -> None:
    text = opened(Visitor(app), "", "").text
    assert ('<a href="#reference">' in text, '<a href="#secret">' in text) == (True, True)


@pytest.mark.parametrize("is_known", [True, False])
def test_after_ten_wrong_secrets_in_an_hour_even_the_right_one_waits(app: Flask, is_known: bool) -> None:
    reference, secret = reported(app) if is_known else ("KE-0000000", "x")
    for number in range(brakes.OPEN.most):
        assert opened(Visitor(app, f"198.51.100.{number}"), reference, "0" * 10).status_code == 422
    page = opened(Visitor(app), reference, secret)
    assert (page.status_code, page.headers["Retry-After"]) == (429, "3600")
    assert "Somebody tried too often to open this report." in page.text
    if is_known:
        an_hour_passes()
        assert opened(Visitor(app), reference, secret).status_code == 200


def test_the_right_secret_does_not_count(app: Flask) -> None:
    reference, secret = reported(app)
    for _ in range(brakes.OPEN.most + 1):
        assert opened(Visitor(app), reference, secret).status_code == 200


def test_a_network_cannot_try_one_reference_after_the_other_for_ever(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brakes, "ASK", brakes.Brake("ask", 3))
    statuses = [opened(Visitor(app), a_report().reference, "0" * 10).status_code for _ in range(4)]
    assert statuses == [422, 422, 422, 429]


FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_form_on_another_site_is_refused(app: Flask, headers: dict[str, str]) -> None:
    reference, secret = reported(app)
    form = {"reference": reference, "secret": secret}
    assert Visitor(app).ask("POST", "/track", data=form, headers=headers).status_code == 400


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "https://gapline.test"}])
def test_our_own_form_is_let_through(app: Flask, headers: dict[str, str]) -> None:
    reference, secret = reported(app)
    form = {"reference": reference, "secret": secret}
    assert Visitor(app).ask("POST", "/track", data=form, headers=headers).status_code == 200


def test_who_reported_by_text_message_is_told_how_to_ask(app: Flask) -> None:
    page = Visitor(app).get("/track")
    assert "Text STATUS to the same number as before, and READ to get your answer." in page.text
