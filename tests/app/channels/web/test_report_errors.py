"""What was not filled in right is said beside the field and above the page, and nothing that was typed is lost."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.channels.web.answers import LASTS
from app.channels.web.reading import LONGEST_PLACE, LONGEST_WORDS
from tests.app.channels.web.visitor import ANSWERS, Visitor, forms, heading, step_of, title
from tests.builders.stored import messages_in, reports

WRONG = [
    ("country", {}, "Choose a country."),
    ("country", {"country": "XX"}, "Choose a country."),
    ("sector", {}, "Choose one of these."),
    ("sector", {"sector": "fishing"}, "Choose one of these."),
    ("problem", {}, "Choose one of these."),
    ("problem", {"problem": "gh-mining/pollution"}, "Choose one of these."),
    ("area", {"area": "GH-AA"}, "Choose an area from the list, or none."),
    ("area", {"area": "", "place": "x" * (LONGEST_PLACE + 3)}, "This is too long. Leave out 3 letters."),
    ("words", {"words": "x" * (LONGEST_WORDS + 12)}, "This is too long. Leave out 12 letters."),
    ("contact", {}, "Choose one of these."),
    ("contact", {"contact": "text", "number": ""}, "Write your phone number, or choose no."),
    ("contact", {"contact": "text", "number": "12"}, "This is not a phone number of this country."),
    ("contact", {"contact": "text", "number": "+233241234567"}, "This is not a phone number of this country."),
    ("contact", {"contact": "none", "number": "0711222333"}, "You gave a phone number, but said no."),
]


@pytest.mark.parametrize(("step", "fields", "message"), WRONG)
def test_a_wrong_answer_is_explained_and_can_be_mended(
    app: Flask, step: str, fields: dict[str, str], message: str
) -> None:
    visitor = Visitor(app)
    page = visitor.fill_in(visitor.answer(step), f"/report/{step}", **fields)
    assert (page.status_code, step_of(page)) == (422, step)
    assert title(page).startswith("Error: ")
    field = re.search(r'<li><a href="#([a-z]+)">' + re.escape(message), page.text)[1]
    assert page.text.index("There is a problem") < page.text.index("<h1")
    assert f'id="{field}-wrong">{message}' in page.text
    assert re.search(rf'<(?:input|select|textarea)[^>]* id="{field}"', page.text)
    mended = visitor.fill_in(page, f"/report/{step}", **ANSWERS[step])
    assert (mended.status_code, step_of(mended) == step) == (200, False)


@pytest.mark.parametrize("fields", [{"words": ""}, {"words": " \n\t "}, {"words": "\x00"}])
def test_without_a_problem_from_the_list_words_are_needed(app: Flask, fields: dict[str, str]) -> None:
    visitor = Visitor(app)
    page = visitor.answer("words", problem={"problem": "other"})
    assert heading(page) == "What happened?"
    refused = visitor.fill_in(page, "/report/words", **fields)
    assert (refused.status_code, "Write what is wrong." in refused.text) == (422, True)


def test_what_was_typed_is_still_there(app: Flask) -> None:
    visitor = Visitor(app)
    place = visitor.fill_in(visitor.answer("area"), "/report/area", area="KE-04", place="y" * 200)
    assert ('<option value="KE-04" selected>' in place.text, "y" * 200 in place.text) == (True, True)
    words = visitor.fill_in(visitor.answer("words"), "/report/words", words="z" * 3000)
    assert "z" * 3000 in words.text
    number = visitor.fill_in(visitor.answer("contact"), "/report/contact", contact="text", number="07x")
    assert ('value="07x"' in number.text, 'value="text" checked' in number.text) == (True, True)


def test_a_page_of_errors_is_not_kept_by_the_browser(app: Flask) -> None:
    visitor = Visitor(app)
    page = visitor.fill_in(visitor.answer("area"), "/report/area", area="", place="x" * 300)
    assert page.headers["Cache-Control"] == "no-store"


def test_questions_cannot_be_skipped_by_their_address(app: Flask) -> None:
    visitor = Visitor(app)
    carried = forms(visitor.get("/report"))[0].hidden
    for step, fields in ANSWERS.items():
        if step != "country":
            assert step_of(visitor.post(f"/report/{step}", **carried, **fields)) == "country"
    assert step_of(visitor.post("/report/go", **carried, step="check")) == "country"
    assert step_of(visitor.post("/report/send", **carried)) == "country"
    assert (reports(), messages_in()) == ([], [])


def test_unknown_fields_are_ignored(app: Flask) -> None:
    Visitor(app).report(words={"words": "no drugs", "status": "closed", "partner": "ibp", "seed": "0"})
    assert [(report.status, report.partner) for report in reports()] == [("new", "cedc")]


def tampered(text: str) -> str:
    middle = len(text) // 2
    return text[:middle] + ("A" if text[middle] != "A" else "B") + text[middle + 1 :]


@pytest.mark.parametrize(
    "change", [tampered, lambda _: "", lambda _: "e30=", lambda _: "é\ud800", lambda t: t[:-8]]
)
def test_answers_that_were_tampered_with_are_refused(app: Flask, change) -> None:
    visitor = Visitor(app)
    carried = forms(visitor.answer("check"))[-1].hidden["answers"]
    for path in ("/report/words", "/report/go", "/report/send"):
        page = visitor.post(path, answers=change(carried).encode("utf-8", "replace").decode(), words="x")
        assert (page.status_code, heading(page)) == (400, "Please start again")
    assert reports() == []


def test_a_form_without_any_answers_is_refused(app: Flask) -> None:
    assert Visitor(app).post("/report/send").status_code == 400
    assert reports() == []


def test_the_answers_are_no_pass_to_a_report_nor_the_reverse(app: Flask) -> None:
    visitor = Visitor(app)
    answers = forms(visitor.answer("check"))[-1].hidden["answers"]
    assert visitor.post("/track/read", **{"pass": answers}).status_code == 403


def test_answers_older_than_a_day_are_refused(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Visitor(app)
    page = visitor.answer("check")
    now = __import__("time").time()
    monkeypatch.setattr("app.channels.web.answers.time.time", lambda: now + LASTS + 5)
    assert heading(visitor.fill_in(page, "/report/send")) == "Please start again"


def test_a_body_of_a_megabyte_is_too_large(app: Flask) -> None:
    assert Visitor(app).post("/report/words", words="x" * 1_000_000).status_code == 413
