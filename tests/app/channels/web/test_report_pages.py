"""One question on each page, from the country to the reference, without a cookie and without script."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.channels.web.wording import QUESTIONS
from tests.app.channels.web.visitor import Visitor, forms, heading, reference_of, secret_of, step_of, title
from tests.builders.reports import a_number
from tests.builders.stored import events, messages_in, messages_out, reports


def test_a_report_goes_from_page_to_page_and_ends_with_a_reference_and_a_secret(app: Flask) -> None:
    page = Visitor(app).report()
    (report,) = reports()
    assert (page.status_code, heading(page)) == (200, "Your report is recorded")
    assert reference_of(page) == report.reference
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{5} [0-9A-HJKMNP-TV-Z]{5}", secret_of(page))


def test_it_is_filed_like_any_other_report(app: Flask) -> None:
    Visitor(app).report()
    (report,) = reports()
    assert (report.entry_point, report.partner, report.area) == ("ke-health", "cedc", "KE-04")
    assert (report.problem_type, report.gap_kind) == ("ke-health/no-drugs", "absent")
    assert (report.channel, report.language, report.status, report.flags) == ("web", "en", "new", [])
    assert [(event.kind, event.by) for event in events()] == [("filed", "intake")]


def test_the_words_and_the_place_are_a_message_of_the_report(app: Flask) -> None:
    Visitor(app).report()
    (message,), (report,) = messages_in(), reports()
    assert message.body == "no malaria drugs since Monday\nNambale"
    assert (message.channel, message.report_id, message.contact_id) == ("web-ke", report.id, None)


def test_without_a_number_nobody_can_be_answered_and_nothing_is_sent(app: Flask) -> None:
    Visitor(app).report()
    (report,) = reports()
    assert (report.answerable, report.contact_id, messages_out()) == (False, None, [])


def test_with_a_number_the_reference_goes_there_by_text_message(app: Flask) -> None:
    page = Visitor(app).report(contact={"contact": "text", "number": a_number().replace("+254", "0")})
    (report,), (message,) = reports(), messages_out()
    assert report.answerable
    assert (message.purpose, message.channel, report.reply_channel) == ("acknowledgment", "at-sms-ke", "at-sms-ke")
    assert report.reference in message.body
    assert "We also text you the reference." in page.text


def test_a_chosen_problem_needs_no_words_and_no_place(app: Flask) -> None:
    page = Visitor(app).report(area={"area": "", "place": ""}, words={"words": ""})
    (report,) = reports()
    assert (report.area, messages_in()) == (None, [])
    assert reference_of(page) == report.reference


def test_a_place_without_words_is_kept_all_the_same(app: Flask) -> None:
    Visitor(app).report(words={"words": ""})
    assert [message.body for message in messages_in()] == ["Nambale"]


def test_something_else_goes_to_the_desk_and_is_not_asked_for_a_problem(app: Flask) -> None:
    page = Visitor(app).report(sector={"sector": "other"})
    (report,) = reports()
    assert (report.sector, report.entry_point, report.partner) == ("other", None, "ke-desk")
    assert "Kenya desk has your report" in page.text


def test_a_problem_that_is_not_in_the_list_stays_with_the_entry_point(app: Flask) -> None:
    Visitor(app).report(problem={"problem": "other"})
    (report,) = reports()
    assert (report.entry_point, report.problem_type, report.gap_kind) == ("ke-health", None, None)


def test_an_area_of_nobodys_is_flagged_as_on_every_other_way_in(app: Flask) -> None:
    Visitor(app).report(area={"area": "KE-30", "place": ""})
    assert [report.flags for report in reports()] == [["outside area"]]


def test_the_areas_of_the_partners_come_first(app: Flask) -> None:
    text = Visitor(app).answer("area").text
    assert text.index("Where our partners work") < text.index("KE-04") < text.index("Other areas")
    assert text.count('value="KE-04"') == 1


def test_who_reads_it_and_how_to_delete_it_is_said_before_a_word_is_written(app: Flask) -> None:
    text = Visitor(app).answer("words").text
    notice = text.index("Community Empowerment and Development Center reads them")
    assert notice < text.index("choose DELETE") < text.index("<textarea")


def test_the_answers_are_shown_before_they_are_sent(app: Flask) -> None:
    page = Visitor(app).answer("check")
    for said in ("Kenya", "Health", "No drugs", "Nambale, Busia", "no malaria drugs since Monday"):
        assert f"<bdi>{said}</bdi>" in page.text
    assert reports() == []


@pytest.mark.parametrize("step", list(QUESTIONS)[:-1])
def test_every_answer_can_be_changed_from_there(app: Flask, step: str) -> None:
    visitor = Visitor(app)
    page = visitor.fill_in(visitor.answer("check"), "/report/go", step=step)
    assert step_of(page) == step
    assert heading(page).removesuffix(" (optional)") == QUESTIONS[step]


def test_after_a_change_the_other_answers_still_stand(app: Flask) -> None:
    visitor = Visitor(app)
    page = visitor.fill_in(visitor.answer("check"), "/report/go", step="area")
    page = visitor.fill_in(page, "/report/area", area="KE-30", place="")
    assert step_of(page) == "check"
    assert "no malaria drugs since Monday" in page.text


def test_another_country_asks_again_what_depends_on_it_and_keeps_the_words(app: Flask) -> None:
    visitor = Visitor(app)
    page = visitor.fill_in(visitor.answer("check"), "/report/go", step="country")
    page = visitor.fill_in(page, "/report/country", country="GH")
    assert step_of(page) == "sector"
    for step, field in (("sector", "mining"), ("problem", "other"), ("area", "")):
        page = visitor.fill_in(page, f"/report/{step}", **{step: field})
    assert step_of(page) == "contact"


def test_changing_to_a_problem_outside_the_list_asks_for_words(app: Flask) -> None:
    visitor = Visitor(app)
    page = visitor.fill_in(visitor.answer("check", words={"words": ""}), "/report/go", step="problem")
    assert step_of(visitor.fill_in(page, "/report/problem", problem="other")) == "words"


@pytest.mark.parametrize(("step", "before"), [("sector", "country"), ("words", "area"), ("check", "contact")])
def test_back_leads_to_the_page_before_with_its_answer(app: Flask, step: str, before: str) -> None:
    visitor = Visitor(app)
    page = visitor.answer(step)
    back = next(form for form in forms(page) if form.action == "/report/go")
    page = visitor.post(back.action, **back.hidden)
    assert step_of(page) == before
    assert ("checked" in page.text) == (before != "area")


def test_back_leaves_out_what_was_not_asked(app: Flask) -> None:
    visitor = Visitor(app)
    page = visitor.answer("area", sector={"sector": "other"})
    back = next(form for form in forms(page) if form.action == "/report/go")
    assert step_of(visitor.post(back.action, **back.hidden)) == "sector"


def test_a_poster_can_lead_past_the_country(app: Flask) -> None:
    assert step_of(Visitor(app).get("/report?country=gh")) == "sector"
    assert step_of(Visitor(app).get("/report?country=XX")) == "country"


@pytest.mark.parametrize("step", [*QUESTIONS, "send", "go", "anything"])
def test_an_address_kept_by_the_browser_leads_to_the_first_page(app: Flask, step: str) -> None:
    answer = Visitor(app).get(f"/report/{step}")
    assert (answer.status_code, answer.location) == (303, "/report")


def test_a_title_names_the_question_and_never_an_answer(app: Flask) -> None:
    visitor = Visitor(app)
    page = visitor.get("/report")
    titles = {title(visitor.answer(step)) for step in QUESTIONS} | {title(page), title(visitor.report())}
    said = " ".join(titles).lower()
    assert not [word for word in ("kenya", "health", "drugs", "busia", "nambale", "malaria") if word in said]


def test_no_page_sets_a_cookie(app: Flask) -> None:
    visitor = Visitor(app, keeps_cookies=True)
    pages = [visitor.get("/report"), visitor.answer("words"), visitor.answer("check"), visitor.report()]
    assert [page.headers.getlist("Set-Cookie") for page in pages] == [[], [], [], []]


def test_the_browsers_back_button_finds_the_pages_that_show_no_words_of_the_person(app: Flask) -> None:
    visitor = Visitor(app)
    kept = {step: visitor.answer(step).headers["Cache-Control"] for step in QUESTIONS}
    assert kept.pop("check") == "no-store"
    assert set(kept.values()) == {"private, no-cache"}
    assert visitor.report().headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("step", ["area", "words"])
def test_a_page_that_shows_what_the_person_wrote_is_not_kept_by_the_browser(app: Flask, step: str) -> None:
    visitor = Visitor(app)
    page = visitor.fill_in(visitor.answer("check"), "/report/go", step=step)
    assert page.headers["Cache-Control"] == "no-store"
