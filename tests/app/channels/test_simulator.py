"""The simulator hands out what providers send: their endpoints take it. It exists in demo mode only."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from app.channels.simulator.phones import sim_of
from app.channels.simulator.pictures import SimulatedMedia, new_address
from app.channels.simulator.wire import Call, NotAvailable
from app.factory import create_app
from app.outbox.wording import NOTICE
from app.photos.fetching import fetch
from app.photos.models import Photo, WaitingPhoto
from app.settings import Settings
from app.viewer import WORKER, acting_as
from sms.media import Gone
from tests.app.access.browser import Browser
from tests.app.channels.simulated_phone import Phone
from tests.builders.messages import a_contact, a_message, deliver_now, state_of
from tests.builders.reports import a_number
from tests.builders.stored import messages_in, messages_out, reports, rows
from tests.builders.webhooks import the_channel

PROVIDERS = ("at-sms-ke", "twilio-sms-ke")
each_provider = pytest.mark.parametrize("slug", PROVIDERS)


@pytest.fixture
def phone(app: Flask) -> Phone:
    return Phone(app)


@pytest.fixture
def production(settings: Settings) -> Flask:
    return create_app(replace(settings, mode="production"))


@pytest.mark.parametrize("path", ["/simulator", "/simulator/sim", "/simulator/request", "/simulator/messages"])
def test_in_production_there_is_no_simulator(production: Flask, path: str) -> None:
    client = production.test_client()
    production.config["WTF_CSRF_ENABLED"] = False
    assert client.get(path).status_code == 404
    assert client.post(path, data={"country": "KE"}).status_code == 404


@pytest.mark.parametrize("path", ["/simulator/sim", "/simulator/request", "/simulator/messages"])
def test_another_sites_form_gets_nothing(app: Flask, path: str) -> None:
    assert Browser(app).post_bare(path, country="KE", sim=sim_of(a_number())).status_code == 400


def test_the_page_offers_the_channels_and_none_of_their_secrets(client: FlaskClient) -> None:
    page = client.get("/simulator").text
    for slug in PROVIDERS:
        assert slug in page
        assert the_channel(slug).secret not in page


@each_provider
def test_a_text_is_taken_filed_and_answered_on_the_phone(phone: Phone, slug: str) -> None:
    assert phone.do("text", slug, text="No drugs at the dispensary, Busia 💊").status_code == 200
    (report,), bodies = reports(), [message["body"] for message in phone.messages()]
    assert (report.entry_point, report.reply_channel) == ("ke-health", slug)
    assert sorted(report.reference in body for body in bodies) == [False, True]
    assert NOTICE in bodies
    assert [incoming.body for incoming in messages_in()] == ["No drugs at the dispensary, Busia 💊"]


@each_provider
def test_the_same_request_twice_is_one_report(phone: Phone, slug: str) -> None:
    request = phone.ask("text", slug, text="no drugs at the dispensary").json
    assert [phone.post(request).status_code for _ in range(2)] == [200, 200]
    assert len(reports()) == len(messages_out()) == 1


@each_provider
def test_two_requests_are_two_messages(phone: Phone, slug: str) -> None:
    for _ in range(2):
        phone.do("text", slug, text="no drugs at the dispensary")
    assert len(reports()) == 2


def test_a_forged_signature_is_refused(phone: Phone) -> None:
    answer = phone.do("text", "twilio-sms-ke", text="no drugs", fault="signature")
    assert (answer.status_code, messages_in()) == (403, [])


def test_a_wrong_secret_is_not_found(phone: Phone) -> None:
    answer = phone.do("text", "at-sms-ke", text="no drugs", fault="secret")
    assert (answer.status_code, messages_in()) == (404, [])


@pytest.mark.parametrize(
    ("slug", "fields"),
    [
        ("twilio-sms-ke", {"act": "text", "fault": "secret"}),
        ("at-sms-ke", {"act": "text", "fault": "signature"}),
        ("at-sms-ke", {"act": "text", "fault": "weather"}),
        ("at-sms-ke", {"act": "juggle"}),
        ("at-sms-ke", {"act": "receipt", "status": "teleported"}),
        ("twilio-sms-ke", {"act": "receipt", "status": "teleported"}),
        ("at-sms-ke", {"act": "receipt", "status": "sent", "message": "0"}),
    ],
)
def test_what_the_provider_never_sends_is_said_so(phone: Phone, slug: str, fields: dict[str, str]) -> None:
    answer = phone.ask(channel=slug, **fields)
    assert (answer.status_code, answer.json) == (422, {"problem": "This provider has no such request."})


def test_an_unknown_channel_is_not_found(phone: Phone) -> None:
    assert phone.ask("text", "at-sms-nowhere", text="x").status_code == 404


@each_provider
def test_a_name_instead_of_a_number_is_heard_and_not_answered(phone: Phone, slug: str) -> None:
    phone.do("text", slug, text="no drugs at the dispensary", sender="MTN")
    assert len(reports()) == 1
    assert messages_out() == []


@each_provider
@pytest.mark.parametrize(("said", "state"), [("sent", "sent"), ("delivered", "delivered"), ("failed", "failed")])
def test_a_receipt_moves_the_message_on(phone: Phone, slug: str, said: str, state: str) -> None:
    message = a_message(a_contact(phone.number), channel=slug)
    deliver_now(message)
    assert phone.do("receipt", slug, message=str(message.id), status=said).status_code == 200
    assert state_of(message) == state
    assert [one["state"] for one in phone.messages()] == [state]


@each_provider
def test_a_late_sent_after_delivered_changes_nothing(phone: Phone, slug: str) -> None:
    message = a_message(a_contact(phone.number), channel=slug)
    deliver_now(message)
    for status in ("delivered", "sent", "failed"):
        phone.do("receipt", slug, message=str(message.id), status=status)
    assert state_of(message) == "delivered"


def test_twilios_receipt_can_come_before_the_worker_knows_that_it_sent(phone: Phone) -> None:
    message = a_message(a_contact(phone.number))
    phone.do("receipt", "twilio-sms-ke", message=str(message.id), status="delivered")
    assert state_of(message) == "delivered"


def test_africas_talking_cannot_report_on_a_message_that_it_was_not_given(phone: Phone) -> None:
    message = a_message(a_contact(phone.number), channel="at-sms-ke")
    assert phone.ask("receipt", "at-sms-ke", message=str(message.id), status="delivered").status_code == 422


@each_provider
def test_a_receipt_for_a_message_that_nobody_knows_is_taken(phone: Phone, slug: str) -> None:
    assert phone.do("receipt", slug, status="delivered").status_code == 200


@each_provider
def test_opting_out_at_the_provider_silences_that_channel(phone: Phone, slug: str) -> None:
    contact = a_contact(phone.number)
    assert phone.do("opt-out", slug).status_code == 200
    message = a_message(contact, channel=slug)
    deliver_now(message)
    (shown,) = phone.messages()
    assert (shown["state"], shown["error"]) == ("dead", "stopped")


@pytest.mark.parametrize("slug", ["at-ussd-ke", "http-ussd-sn"])
def test_the_menu_can_be_dialled_to_a_reference(phone: Phone, slug: str) -> None:
    code, answers = the_channel(slug).address, []
    for _ in range(12):
        screen = phone.do("dial", slug, session="ATUid_1", dialled=code, answer=answers).text
        if screen.startswith("END "):
            break
        answers.append("1")
    (report,) = reports()
    assert report.channel == "ussd"
    assert report.reference in screen


def test_the_word_that_a_session_has_ended_is_taken(phone: Phone) -> None:
    told = {"session": "ATUid_2", "dialled": "*384*35711#", "seconds": "7", "screen": "CON 1 English"}
    phone.do("dial", "at-ussd-ke", **told)
    assert phone.do("hang-up", "at-ussd-ke", **told).status_code == 200


def test_a_code_that_is_not_the_channels_cannot_be_dialled(phone: Phone) -> None:
    assert phone.ask("dial", "at-ussd-ke", session="ATUid_3", dialled="*100#").status_code == 422


@pytest.mark.parametrize(
    ("act", "slug"),
    [
        ("dial", "twilio-sms-ke"),
        ("hang-up", "at-sms-ke"),
        ("text", "at-ussd-ke"),
        ("receipt", "at-ussd-ke"),
        ("opt-out", "http-ussd-sn"),
    ],
)
def test_texts_are_not_dialled_and_menus_are_not_written_to(phone: Phone, act: str, slug: str) -> None:
    assert phone.ask(act, slug, session="ATUid_4", dialled="*384*35711#", status="sent").status_code == 422


def test_what_is_dialled_beyond_the_code_is_the_first_input() -> None:
    assert Call("s", "*384*35711*1*3#", ("2",)).inputs("*384*35711#") == ("1", "3", "2")
    assert Call("s", "*384*35711#").inputs("*384*35711#") == ()


@given(st.text(max_size=30))
def test_no_other_code_is_taken_for_the_channels_own(dialled: str) -> None:
    if dialled.replace(" ", "").removesuffix("#").startswith("*384*35711"):
        return
    with pytest.raises(NotAvailable):
        Call("s", dialled).inputs("*384*35711#")


def test_a_photo_by_whatsapp_is_fetched_and_stands_with_the_report(phone: Phone) -> None:
    taken = phone.do("photo", "twilio-whatsapp-ke", text="the tap in Nambale is dry, no water since May")
    assert taken.status_code == 200
    with acting_as(WORKER):
        for waiting in rows(WaitingPhoto):
            fetch(photo=str(waiting.id))
    (report,), (message,), (photo,) = reports(), messages_in(), rows(Photo)
    assert (message.report_id, photo.message_id) == (report.id, message.id)
    assert rows(WaitingPhoto) == []


@pytest.mark.parametrize("slug", ["at-sms-ke", "twilio-sms-ke"])
def test_by_text_message_no_photo_can_be_sent(phone: Phone, slug: str) -> None:
    assert phone.ask("photo", slug, text="x").status_code == 422


def test_only_what_the_simulator_sent_is_had_from_it() -> None:
    assert SimulatedMedia().fetch("https://api.twilio.com/photo.jpg", 10**6) == Gone("not the simulator's")
    assert isinstance(SimulatedMedia().fetch(new_address(), 10), Gone)
