"""Somebody dials, answers, and a report is at its partner: over the wire, as Africa's Talking speaks."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from app.conversation.models import MenuSession
from app.database import db
from app.reports.models import Contact, OpenQuestion
from tests.app.channels.ussd_phone import Phone, a_speaker, ussd_form
from tests.builders.reports import a_number, say
from tests.builders.stored import events, messages_in, messages_out, reports, rows

REFERENCE = re.compile(r"\b[A-Z]{2}-[0-9A-Z]{7}\b")

TO_CONFIRM = ("1", "1", "1", "No drugs since May")
"""Health, no drugs, Busia, words."""


def test_the_first_dialling_asks_for_the_language_and_the_next_does_not(client: FlaskClient) -> None:
    phone = Phone(client)
    assert "2 Kiswahili" in phone.dial()
    assert "1 Afya" in phone.answer("2")
    assert "1 Afya" in phone.dial()
    assert [contact.language for contact in rows(Contact)] == ["sw"]


def test_five_answers_file_a_report_with_the_partner_of_the_area(client: FlaskClient) -> None:
    phone = a_speaker(client)
    phone.dial()
    phone.answer(*TO_CONFIRM)
    assert reports() == []
    screen = phone.answer("1")
    (report,) = reports()
    assert screen.startswith(f"END Recorded: {report.reference}")
    assert (report.entry_point, report.partner, report.area) == ("ke-health", "cedc", "KE-04")
    assert (report.problem_type, report.gap_kind) == ("ke-health/no-drugs", "absent")
    assert (report.channel, report.language, report.status, report.flags) == ("ussd", "en", "new", [])


def test_the_acknowledgment_goes_by_text_message(client: FlaskClient) -> None:
    phone = a_speaker(client)
    phone.dial()
    phone.answer(*TO_CONFIRM, "1")
    (message,), (report,) = messages_out(), reports()
    assert (message.purpose, message.channel, message.state) == ("acknowledgment", "at-sms-ke", "ready")
    assert report.reply_channel == "at-sms-ke"
    assert report.reference in message.body


def test_the_words_are_kept_under_the_id_of_the_session_and_nowhere_else(client: FlaskClient) -> None:
    phone = a_speaker(client)
    phone.dial()
    phone.answer(*TO_CONFIRM, "1")
    (message,), (row,) = messages_in(), rows(MenuSession)
    assert (message.provider_message_id, message.body) == (phone.session_id, "No drugs since May")
    assert message.report_id == reports()[0].id
    assert (row.said, row.draft, row.ended, row.unfinished) == ("", {}, True, False)


def test_words_may_be_skipped(client: FlaskClient) -> None:
    phone = a_speaker(client)
    phone.dial()
    phone.answer("1", "1", "1", "1", "1")
    assert [message.body for message in messages_in()] == [""]
    assert len(reports()) == 1


def test_an_answer_may_hold_stars_emoji_and_two_thousand_characters(client: FlaskClient) -> None:
    words = "2*3 sick *💊* " + "very " * 400
    phone = a_speaker(client)
    phone.dial()
    assert "1 Send" in phone.answer("1", "1", "1", words)
    phone.answer("1")
    (message,) = messages_in()
    assert message.body.startswith("2*3 sick *💊* very")
    assert len(message.body) == 2000


def test_the_same_request_again_is_the_same_screen_and_changes_nothing(client: FlaskClient) -> None:
    phone = a_speaker(client)
    phone.dial()
    for answer in (*TO_CONFIRM, "1"):
        screen = phone.answer(answer)
        before = [(row.step, row.changed_at) for row in rows(MenuSession)]
        assert [phone.repeat() for _ in range(2)] == [screen] * 2
        assert [(row.step, row.changed_at) for row in rows(MenuSession)] == before
    assert [len(found()) for found in (reports, messages_in, messages_out)] == [1, 1, 1]


def test_ten_confirmations_at_once_make_one_report(app: Flask) -> None:
    phone = a_speaker(app.test_client())
    phone.dial()
    phone.answer(*TO_CONFIRM)
    form = ussd_form(phone.session_id, phone.number, f"{phone.path}*1")
    path = phone.channel.path("inbound")

    def confirm(_: int) -> str:
        return app.test_client().post(path, data=form).text

    with ThreadPoolExecutor(10) as pool:
        screens = set(pool.map(confirm, range(10)))
    assert len(screens) == 1
    assert [len(found()) for found in (reports, messages_in, messages_out)] == [1, 1, 1]


def test_an_older_request_that_comes_late_changes_nothing(client: FlaskClient) -> None:
    phone = a_speaker(client)
    phone.dial()
    screen = phone.answer("1", "1")
    assert [phone.post(text).text for text in ("", "1")] == [screen] * 2
    assert phone.answer("1").startswith("CON Say in your own words")


def test_a_start_that_comes_twice_goes_on_under_either_id(client: FlaskClient) -> None:
    """As one network does it: two sessions for one dialling, of which either may live."""
    number = a_number()
    for alive in (0, 1):
        phones = [a_speaker(client), Phone(client)]
        phones[1].number = phones[0].number = number
        for phone in phones:
            phone.dial(along="1*1")
        assert phones[alive].answer("1", "1").startswith("CON Send this report?")
        phones[alive].answer("1")
        unfinished = [row for row in rows(MenuSession) if row.unfinished]
        assert (len(reports()), unfinished) == (alive + 1, [])


def test_dialling_through_means_the_same_for_everybody(client: FlaskClient) -> None:
    """Whatever the language, and whatever was left unfinished: the string on a poster stays good."""
    stranger, known = Phone(client), a_speaker(client)
    known.dial()
    known.answer("2")
    assert stranger.dial(along="1*3") == known.dial(along="1*3")
    assert stranger.answer("1", "1").startswith("CON Send this report?\nHealth: Asked to pay an illegal fee")


def test_nobody_sends_by_dialling_through(client: FlaskClient) -> None:
    phone = a_speaker(client)
    assert "1 Send" in phone.dial(along="1*1*1*1*1*1*1")
    assert reports() == []
    assert phone.answer("1").startswith("END ")


def test_a_session_that_we_meet_late_is_taken_up_where_its_path_leads(client: FlaskClient) -> None:
    phone = a_speaker(client)
    phone.dial(along="2")
    assert phone.screen.startswith("CON What is wrong?\n1 No water point")
    assert "9 Minority ward skipped" in phone.answer("98")


def test_an_id_that_comes_with_another_number_is_another_session(client: FlaskClient) -> None:
    phone, other = a_speaker(client), a_speaker(client)
    phone.dial()
    phone.answer("1", "1", "1", "secret words", "1")
    other.session_id = phone.session_id
    other.repeat()
    other.answer("1", "1", "1", "other words", "1")
    first, second = reports()
    assert REFERENCE.findall(other.screen) == [second.reference]
    assert first.contact_id != second.contact_id


def test_an_id_that_is_used_again_by_the_same_number_files_again(client: FlaskClient) -> None:
    phone = a_speaker(client)
    for count in (1, 2):
        phone.session_id, phone.path = "the-same-id", ""
        assert phone.repeat().startswith("CON What is it about?")
        phone.answer(*TO_CONFIRM, "1")
        assert len(reports()) == count
        assert phone.repeat() == phone.screen


@pytest.mark.parametrize("number", ["MTN", "40404", "anonymous", "+442071838750"])
def test_who_cannot_be_answered_can_still_report(client: FlaskClient, number: str) -> None:
    phone = Phone(client, number)
    phone.dial()
    phone.answer("1", *TO_CONFIRM)
    assert phone.answer("1").startswith("END Recorded")
    assert phone.repeat() == phone.screen
    assert (len(reports()), messages_out()) == (1, [])


def test_a_report_by_dialling_leaves_a_question_by_text_message_alone(client: FlaskClient) -> None:
    phone = a_speaker(client)
    say("please help us, nobody listens", sender=phone.number, channel="at-sms-ke")
    phone.dial()
    phone.answer(*TO_CONFIRM, "1")
    assert len(rows(OpenQuestion)) == 1


def test_something_else_goes_to_the_desk_and_needs_words(client: FlaskClient) -> None:
    phone = a_speaker(client)
    phone.dial()
    assert phone.answer("3").startswith("CON Type the name of your county")
    assert "Skip" not in phone.answer("1")
    assert "Please choose a number" in phone.answer("1")
    phone.answer("The bridge is broken", "1")
    assert [(r.sector, r.entry_point, r.partner) for r in reports()] == [("other", None, "ke-desk")]


def test_one_sees_ones_own_reports_by_reference_and_state_only(client: FlaskClient) -> None:
    phone, other = a_speaker(client), a_speaker(client)
    for one in (phone, other):
        one.dial()
        one.answer(*TO_CONFIRM, "1")
    mine, _ = reports()
    phone.dial()
    screen = phone.answer("9")
    assert REFERENCE.findall(screen) == [mine.reference]
    assert "recorded, waiting for a person" in screen
    assert not re.search("health|drugs|busia", screen, re.IGNORECASE)


def test_the_language_can_be_changed_at_any_time(client: FlaskClient) -> None:
    phone = a_speaker(client)
    phone.dial()
    assert "1 Afya" in phone.answer("99", "2")
    assert [contact.language for contact in rows(Contact)] == ["sw"]


def test_the_end_notice_is_noted(client: FlaskClient) -> None:
    phone = a_speaker(client)
    phone.dial()
    answer = phone.hang_up()
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    assert [row.outcome for row in rows(MenuSession)] == ["incomplete"]


def test_the_timeline_begins_with_the_filing(client: FlaskClient) -> None:
    phone = a_speaker(client)
    phone.dial()
    phone.answer(*TO_CONFIRM, "1")
    assert [(event.kind, event.by) for event in events()] == [("filed", "intake")]


STATEMENTS = {"1": 3, "98": 3, "9": 4, "99*1": 4}
"""By path: contact, session, upsert; and one for the reports that are listed, or the language that is kept."""


def counted(phone: Phone, answer: str) -> list[str]:
    """The statements of one more answer, but for the one that says on whose behalf."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "set_config" not in statement:
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        phone.answer(answer)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return seen


@pytest.mark.parametrize("answers", STATEMENTS)
def test_a_step_takes_few_statements(client: FlaskClient, answers: str) -> None:
    phone = a_speaker(client)
    phone.dial()
    *before, last = answers.split("*")
    phone.answer(*before)
    assert len(counted(phone, last)) <= STATEMENTS[answers]


def test_filing_takes_few_statements(client: FlaskClient) -> None:
    """Contact, session; contact again, words, report with all that belongs to it, acknowledgment; the session."""
    phone = a_speaker(client)
    phone.dial()
    phone.answer(*TO_CONFIRM)
    assert len(counted(phone, "1")) <= 7  # and one by the driver itself: the job
