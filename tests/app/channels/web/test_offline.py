"""Reports that waited on a phone: filed once however often they are sent, and the page that the phone keeps."""

from __future__ import annotations

import uuid
from io import BytesIO

import pytest
from flask import Flask

from app.channels.web import answers as web_answers
from app.photos.models import Photo
from tests.app.channels.web.tracker import opened
from tests.app.channels.web.visitor import ANSWERS, Visitor, forms, heading, reference_of, secret_of
from tests.builders.photos import a_photo
from tests.builders.stored import messages_in, messages_out, reports, rows

DRAFT = {name: value for step in ANSWERS.values() for name, value in step.items()} | {"language": "sw"}
BY_TEXT = {"contact": "text", "number": "0711222333"}


def a_key() -> str:
    return uuid.uuid4().hex


def sent(app: Flask, **fields: object):
    return Visitor(app).ask("POST", "/report/kept", data={"key": a_key(), **DRAFT, **fields})


def test_a_report_written_without_network_is_filed_like_any_other(app: Flask) -> None:
    answer = sent(app, location="0.46, 34.11")
    (report,), (message,) = reports(), messages_in()
    assert answer.json["reference"] == report.reference
    told = (report.country, report.sector, report.problem_type, report.area, report.channel, report.language)
    assert told == ("KE", "health", "ke-health/no-drugs", "KE-04", "web", "sw")
    assert message.body == "no malaria drugs since Monday\nNambale"


def test_its_reference_and_secret_open_it(app: Flask) -> None:
    given = sent(app).json
    assert heading(opened(Visitor(app), given["reference"], given["secret"])).endswith(given["reference"])


@pytest.mark.parametrize("contact", [{}, BY_TEXT])
def test_a_draft_that_is_sent_ten_times_is_one_report_with_one_secret(app: Flask, contact: dict[str, str]) -> None:
    key = a_key()
    given = [sent(app, key=key, **contact).json for _ in range(10)]
    assert given == [given[0]] * 10
    assert (len(reports()), len(messages_out())) == (1, 1 if contact else 0)


def test_the_number_of_a_draft_decides_whatever_else_it_says(app: Flask) -> None:
    key = a_key()
    assert sent(app, key=key).json == sent(app, key=key, words="changed on the way").json
    assert len(reports()) == 1


def test_two_drafts_that_say_the_same_are_two_reports(app: Flask) -> None:
    assert sent(app).json["reference"] != sent(app).json["reference"]


def test_photos_come_along(app: Flask) -> None:
    key = a_key()
    for _ in range(2):
        sent(app, key=key, photos=[(BytesIO(a_photo()), "a.jpg"), (BytesIO(a_photo()), "b.jpg")])
    assert (len(reports()), len(rows(Photo))) == (1, 2)


def test_what_was_answered_before_the_network_went_goes_with_it(app: Flask) -> None:
    page = Visitor(app).answer("words")
    answer = sent_with(app, page, words="no nurse", contact="none", number="")
    assert answer.status_code == 200
    assert [report.problem_type for report in reports()] == ["ke-health/no-drugs"]
    assert messages_in()[0].body == "no nurse\nNambale"


def sent_with(app: Flask, page, **fields: str):
    """A draft that carries the answers of this page, and nothing that the page did not ask."""
    carried = forms(page)[-1].hidden["answers"]
    return Visitor(app).post("/report/kept", key=a_key(), answers=carried, **fields)


def test_whose_last_page_got_no_answer_reports_once(app: Flask) -> None:
    visitor = Visitor(app)
    check = visitor.answer("check")
    done = visitor.fill_in(check, "/report/send")
    given = sent_with(app, check).json
    assert given == {"reference": reference_of(done), "secret": secret_of(done).replace(" ", "")}
    assert len(reports()) == 1


def test_what_waited_for_days_is_still_taken_and_only_there(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor, now = Visitor(app), web_answers.time.time()
    check = visitor.answer("check")
    monkeypatch.setattr(web_answers.time, "time", lambda: now + 7 * 24 * 60 * 60)
    assert visitor.fill_in(check, "/report/send").status_code == 400
    assert sent_with(app, check).status_code == 200
    monkeypatch.setattr(web_answers.time, "time", lambda: now + 8 * 24 * 60 * 60)
    assert sent_with(app, check).status_code == 400


def test_a_phone_that_knew_no_country_yet_asks_what_every_country_has(app: Flask) -> None:
    fields = {"country": "KE", "sector": "mining", "area": "", "place": "", "words": "dust"}
    assert Visitor(app).post("/report/kept", key=a_key(), **fields).status_code == 200
    (report,) = reports()
    assert (report.sector, report.partner, report.problem_type) == ("other", "ke-desk", None)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"country": "XX"}, "country", "Chagua nchi."),
        ({"sector": ""}, "sector", None),
        ({"problem": "", "words": ""}, "words", None),
        ({"contact": "text", "number": "12"}, "number", None),
        ({"words": "x" * 2001}, "words", None),
    ],
)
def test_what_cannot_be_filed_is_said_in_the_phones_language(
    app: Flask, changes: dict[str, str], field: str, said: str | None
) -> None:
    answer = sent(app, **changes)
    assert answer.status_code == 422
    (problem, *_) = answer.json["problems"]
    assert problem["field"] == field
    assert said is None or problem["message"] == said
    assert reports() == []


@pytest.mark.parametrize("fields", [{"key": ""}, {"key": "x"}, {"answers": "x"}])
def test_what_is_no_draft_is_refused(app: Flask, fields: dict[str, str]) -> None:
    assert sent(app, **fields).status_code == 400
    assert reports() == []


@pytest.mark.parametrize("path", ["/report/kept", "/report/kept?country=KE&language=sw", "/report/app.webmanifest"])
def test_what_a_browser_keeps_is_the_same_for_everybody(app: Flask, path: str) -> None:
    first, second = (Visitor(app, address, keeps_cookies=True).get(path) for address in ("192.0.2.1", "192.0.2.2"))
    assert first.data == second.data
    assert first.headers["Cache-Control"].startswith("public")
    assert "Set-Cookie" not in first.headers


def test_the_worker_may_see_the_pages_of_reporting_and_no_others(app: Flask) -> None:
    answer = Visitor(app).get("/report/worker.js")
    assert answer.headers["Service-Worker-Allowed"] == "/report"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.mimetype == "text/javascript"


def test_the_manifest_says_all_that_a_browser_needs_to_install(app: Flask) -> None:
    visitor = Visitor(app)
    said = visitor.get("/report/app.webmanifest?language=hi").json
    assert (said["start_url"], said["scope"], said["lang"]) == ("/report", "/report", "hi")
    assert said["display"] == "minimal-ui"
    assert {(icon["sizes"], icon["purpose"]) for icon in said["icons"]} >= {("192x192", "any"), ("512x512", "any")}
    assert {visitor.get(icon["src"]).mimetype for icon in said["icons"]} == {"image/png"}
