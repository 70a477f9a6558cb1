"""One form is one report, however often and however much at once it is sent; and networks have a brake."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, update

from app.channels.web import brakes
from app.channels.web.brakes import forget_tries
from app.channels.web.filing import SHOWN_FOR
from app.channels.web.models import TrackingSecret, WebTry
from app.database import db, transaction
from app.intake import filing
from app.viewer import WORKER, acting_as
from tests.app.channels.web.visitor import ANSWERS, Visitor, forms, heading, reference_of, secret_of
from tests.builders.reports import a_number, say
from tests.builders.stored import events, messages_in, messages_out, reports, rows

BY_TEXT = {"contact": {"contact": "text", "number": "0711222333"}}
STATEMENTS = 9
"""The claim of the form, the brake's lock and its count, contact, message, report with all that belongs to it,
acknowledgment, its job, and the report's id in the claim."""


@pytest.fixture(autouse=True)
def _brake_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten an hour instead of the hundred that a mobile network's many people need."""
    monkeypatch.setattr(brakes, "FILE", brakes.Brake("file", 10))


def pages_at_once(app: Flask, carried: dict[str, str], how_many: int = 10) -> list[tuple[int, str, str]]:
    def send(number: int) -> tuple[int, str, str]:
        page = Visitor(app, f"192.0.2.{number}").post("/report/send", **carried)
        return page.status_code, reference_of(page), secret_of(page)

    with ThreadPoolExecutor(how_many) as pool:
        return list(pool.map(send, range(1, how_many + 1)))


@pytest.mark.parametrize("contact", [{}, BY_TEXT])
def test_ten_identical_forms_at_once_make_one_report_and_one_confirmation(app: Flask, contact) -> None:
    carried = forms(Visitor(app).answer("check", **contact))[-1].hidden
    assert len(set(pages_at_once(app, carried))) == 1
    assert [len(found()) for found in (reports, messages_in, events)] == [1, 1, 1]
    assert len(messages_out()) == (1 if contact else 0)
    assert len(rows(TrackingSecret)) == 1


def test_ten_forms_without_words_are_one_report_too(app: Flask) -> None:
    page = Visitor(app).answer("check", area={"area": "", "place": ""}, words={"words": ""})
    assert len(set(pages_at_once(app, forms(page)[-1].hidden))) == 1
    assert (len(reports()), messages_in()) == (1, [])


def test_who_goes_back_and_writes_something_else_reports_a_second_time(app: Flask) -> None:
    visitor = Visitor(app)
    words = visitor.answer("words")
    pages = []
    for text in ("no drugs", "no nurse"):
        contact = visitor.fill_in(words, "/report/words", words=text)
        check = visitor.fill_in(contact, "/report/contact", **ANSWERS["contact"])
        pages.append(visitor.fill_in(check, "/report/send"))
    assert len({reference_of(page) for page in pages}) == len({secret_of(page) for page in pages}) == 2
    assert len(reports()) == 2


def test_the_same_answers_from_two_people_are_two_reports(app: Flask) -> None:
    pages = [Visitor(app).report() for _ in range(2)]
    assert len({reference_of(page) for page in pages}) == len({secret_of(page) for page in pages}) == 2


def test_in_another_language_the_same_form_is_still_the_same_report(app: Flask) -> None:
    visitor = Visitor(app)
    check = visitor.answer("check")
    first = visitor.fill_in(check, "/report/send")
    switched = visitor.post("/report/go", **forms(check)[-1].hidden, language="sw")
    assert reference_of(visitor.fill_in(switched, "/report/send")) == reference_of(first)


def test_the_secret_is_stored_only_as_an_argon2id_hash(app: Flask) -> None:
    page = Visitor(app).report()
    (stored,) = rows(TrackingSecret)
    assert stored.secret_hash.startswith("$argon2id$")
    assert secret_of(page).replace(" ", "") not in stored.secret_hash


def test_after_half_an_hour_the_same_form_shows_the_reference_but_no_secret(app: Flask) -> None:
    visitor = Visitor(app)
    check = visitor.answer("check")
    first = visitor.fill_in(check, "/report/send")
    with acting_as(WORKER), transaction() as session:
        session.execute(update(TrackingSecret).values(filed_at=TrackingSecret.filed_at - SHOWN_FOR))
    again = visitor.fill_in(check, "/report/send")
    assert reference_of(again) == reference_of(first)
    assert secret_of(first) not in again.text
    assert "Its secret was shown then" in again.text


@pytest.mark.parametrize("broken", ["app.channels.web.filing.file_report", "app.intake.filing.tell_acknowledgment"])
def test_a_fault_leaves_nothing_behind_and_the_form_can_be_sent_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    visitor = Visitor(app)
    check = visitor.answer("check", **BY_TEXT)
    with monkeypatch.context() as patch:
        patch.setattr(broken, lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            visitor.fill_in(check, "/report/send")
    assert (reports(), messages_in(), rows(TrackingSecret), rows(WebTry)) == ([], [], [], [])
    assert filing.tell_acknowledgment is not None
    assert visitor.fill_in(check, "/report/send").status_code == 200


def test_somebody_elses_open_question_is_left_alone(app: Flask) -> None:
    """A number on the web is only a claim: it must not close what its owner is being asked by text message."""
    number = a_number()
    say("it is bad here", sender=number, channel="at-sms-ke")
    Visitor(app).report(contact={"contact": "text", "number": number})
    say("1", sender=number, channel="at-sms-ke")
    assert sorted(report.channel for report in reports()) == ["sms", "web"]
    assert all(message.report_id for message in messages_in() if message.channel == "at-sms-ke")


def test_filing_takes_few_statements(app: Flask) -> None:
    visitor = Visitor(app)
    visitor.report()  # reads the directory
    check = visitor.answer("check", **BY_TEXT)
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert visitor.fill_in(check, "/report/send").status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    counted = [statement for statement in seen if "set_config" not in statement]
    assert len(counted) + 1 <= STATEMENTS, counted  # and one by the driver itself: the job


def test_the_eleventh_report_of_a_network_within_an_hour_has_to_wait(app: Flask) -> None:
    visitor = Visitor(app)
    for _ in range(brakes.FILE.most):
        assert visitor.report().status_code == 200
    page = visitor.report()
    assert (page.status_code, page.headers["Retry-After"]) == (429, "3600")
    assert heading(page) == "Too many reports at once"
    assert ("Text 22384" in page.text, "Dial *384*35711#" in page.text) == (True, True)
    assert len(reports()) == brakes.FILE.most
    assert Visitor(app, "192.0.2.77").report().status_code == 200


def test_the_answers_wait_in_the_page_for_the_hour_to_pass(app: Flask) -> None:
    visitor = Visitor(app)
    for _ in range(brakes.FILE.most):
        visitor.report()
    page = visitor.report(words={"words": "the eleventh"})
    an_hour_passes()
    assert heading(visitor.fill_in(page, "/report/send")) == "Your report is recorded"
    assert "the eleventh" in messages_in()[-1].body


def test_a_form_sent_again_counts_once(app: Flask) -> None:
    visitor = Visitor(app)
    for _ in range(brakes.FILE.most - 1):
        visitor.report()
    check = visitor.answer("check")
    assert [visitor.fill_in(check, "/report/send").status_code for _ in range(3)] == [200, 200, 200]


def test_the_brake_is_exact_when_many_come_at_once(app: Flask) -> None:
    forms_of = [forms(Visitor(app).answer("check"))[-1].hidden for _ in range(14)]
    with ThreadPoolExecutor(14) as pool:
        answers = list(pool.map(lambda form: Visitor(app).post("/report/send", **form).status_code, forms_of))
    assert sorted(answers) == [200] * 10 + [429] * 4
    assert len(reports()) == 10


def test_one_customers_whole_ipv6_network_is_one_place(app: Flask) -> None:
    for number in range(brakes.FILE.most):
        Visitor(app, f"2001:db8:1:1::{number}").report()
    assert Visitor(app, "2001:db8:1:1:ffff::1").report().status_code == 429
    assert Visitor(app, "2001:db8:1:2::1").report().status_code == 200


def test_what_is_counted_leads_to_no_report_and_is_soon_forgotten(app: Flask) -> None:
    Visitor(app).report()
    (counted,), (report,) = rows(WebTry), reports()
    assert counted.at.minute % 5 == counted.at.second == counted.at.microsecond == 0
    assert counted.at > report.created_at
    an_hour_passes()
    with acting_as(WORKER):
        forget_tries()
    assert rows(WebTry) == []


def an_hour_passes() -> None:
    with acting_as(WORKER), transaction() as session:
        session.execute(update(WebTry).values(at=WebTry.at - brakes.WINDOW - timedelta(minutes=6)))


def test_who_reports_for_somebody_else_says_so_beside_the_words_and_sees_it_before_sending(app: Flask) -> None:
    visitor = Visitor(app)
    words = {"words": "no malaria drugs since Monday", "for_other": "yes"}
    check = visitor.answer("check", words=words)
    assert "I write for somebody else." in check.text
    assert 'value="yes" checked' in visitor.fill_in(check, "/report/go", step="words").text
    visitor.fill_in(check, "/report/send")
    assert [report.flags for report in reports()] == [["on_behalf"]]


def test_who_says_nothing_of_somebody_else_reports_for_themselves(app: Flask) -> None:
    visitor = Visitor(app)
    assert "I write for somebody else." not in visitor.answer("check").text
    visitor.report()
    assert [report.flags for report in reports()] == [[]]
