"""Call me back, by dialling: the wish counts at once, and when it suits them is asked after it."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.app.channels.ussd_phone import a_speaker
from tests.builders.stored import events, messages_out, reports

TO_CONFIRM = ("1", "1", "1", "No drugs since May")


def test_a_call_is_asked_for_with_one_key_on_the_newest_open_report(client: FlaskClient) -> None:
    phone = a_speaker(client)
    phone.dial()
    phone.answer(*TO_CONFIRM, "1")
    phone.dial()
    assert "When shall we call you?" in phone.answer("97")
    (report,) = reports()
    assert report.flags == ["call_back"]
    assert [event.kind for event in events()] == ["filed", "call_asked"]
    screen = phone.answer("2")
    assert screen == f"END {report.reference}: you ask to be called."
    assert phone.repeat() == screen
    assert [event.kind for event in events()] == ["filed", "call_asked", "call_time"]
    assert events()[-1].detail == {"when": "afternoon", "language": "en"}


def test_a_call_without_a_report_is_the_desks(client: FlaskClient) -> None:
    phone = a_speaker(client)
    phone.dial("97*1")
    assert [(report.partner, report.channel, report.flags) for report in reports()] == [
        ("ke-desk", "ussd", ["call_back"])
    ]
    assert [message.channel for message in messages_out()] == ["at-sms-ke"]
    assert reports()[0].reference in phone.screen


def test_who_hangs_up_before_saying_when_is_called_all_the_same(client: FlaskClient) -> None:
    phone = a_speaker(client)
    phone.dial()
    phone.answer("97")
    phone.answer("0")
    assert [report.flags for report in reports()] == [["call_back"]]
    assert "call_time" not in [event.kind for event in events()]


def test_what_is_no_time_of_the_day_is_asked_again(client: FlaskClient) -> None:
    phone = a_speaker(client)
    phone.dial()
    assert "Please choose a number." in phone.answer("97", "7")
