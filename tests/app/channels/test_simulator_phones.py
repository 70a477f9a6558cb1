"""A phone of the simulator has a number of nobody, and reads what came to that number and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import phonenumbers
import pytest
from flask import Flask

from app.channels.simulator.phones import fresh_number
from sms.numbers import country_of, normalise
from tests.app.access.browser import Browser
from tests.app.channels.simulated_phone import Phone
from tests.builders.messages import a_contact, a_message
from tests.builders.reports import a_number
from tests.builders.stored import reports

COUNTRIES = ("GH", "ID", "IN", "KE", "NG", "SN", "ZA")


@pytest.fixture
def phone(app: Flask) -> Phone:
    return Phone(app)


def test_a_phone_sees_its_own_messages_only(app: Flask) -> None:
    mine, theirs = Phone(app), Phone(app)
    theirs.do("text", "twilio-sms-ke", text="no drugs at the dispensary")
    assert (len(mine.messages()), len(theirs.messages())) == (0, 2)


def test_a_phone_sees_nothing_of_before_it_was_taken_into_use(app: Flask) -> None:
    number = a_number()
    a_message(a_contact(number), age=timedelta(minutes=1))
    assert Phone(app, number).messages() == []


def test_a_receipt_is_not_handed_out_for_another_phones_message(app: Flask) -> None:
    message = a_message(a_contact(a_number()))
    assert Phone(app).ask("receipt", "twilio-sms-ke", message=str(message.id), status="sent").status_code == 422


@pytest.mark.parametrize("sim", ["", "+254711000001", "WyIrMjU0Il0.aaaa.bbbb"])
def test_a_sim_that_we_did_not_hand_out_opens_nothing(app: Flask, sim: str) -> None:
    browser = Browser(app)
    assert browser.post("/simulator/messages", sim=sim).status_code == 409
    assert browser.post("/simulator/request", sim=sim, act="text", channel="at-sms-ke").status_code == 409


def test_what_a_phone_is_shown_of_a_message_names_no_contact(phone: Phone) -> None:
    a_message(a_contact(phone.number))
    (shown,) = phone.messages()
    assert shown.keys() == {"id", "channel", "body", "state", "error", "at"}
    assert datetime.fromisoformat(shown["at"]) <= datetime.now(UTC)


@pytest.mark.parametrize("typed", ["0711 082 934", "+254 711 082934", "254711082934"])
def test_a_number_is_read_however_it_is_typed(app: Flask, typed: str) -> None:
    assert Phone(app, typed).number == "+254711082934"


@pytest.mark.parametrize("typed", ["22384", "MTN", "+", "07"])
def test_a_number_that_nobody_can_have_is_said_so(app: Flask, typed: str) -> None:
    answer = Browser(app).post("/simulator/sim", country="KE", number=typed)
    assert (answer.status_code, list(answer.json)) == (422, ["problem"])


def test_a_phone_of_a_country_that_we_do_not_serve_is_refused(app: Flask) -> None:
    assert Browser(app).post("/simulator/sim", country="FR").status_code == 400


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_fresh_number_is_of_its_country_and_of_no_network(country: str) -> None:
    for _ in range(50):
        number = fresh_number(country)
        assert (country_of(number), normalise(number, None)) == (country, number)
        assert not phonenumbers.is_valid_number(phonenumbers.parse(number, None))


def test_a_phone_of_the_simulator_has_whatsapp_too(app: Flask) -> None:
    phone = Phone(app)
    assert phone.do("text", "twilio-whatsapp-ke", text="no drugs at the dispensary").status_code == 200
    (report,) = reports()
    assert (report.channel, report.reply_channel) == ("whatsapp", "twilio-whatsapp-ke")
    assert {message["channel"] for message in phone.messages()} == {"twilio-whatsapp-ke"}
