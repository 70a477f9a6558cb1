"""Whatever is posted to the USSD webhook: never a server error, and nothing half-stored."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.conversation.models import MenuSession
from tests.app.channels.ussd_phone import Phone, ussd_channel, ussd_form
from tests.builders.reports import a_number
from tests.builders.stored import rows
from tests.builders.webhooks import the_channel


@pytest.mark.parametrize("missing", ["sessionId", "phoneNumber"])
def test_a_missing_field_is_named_and_nothing_is_stored(client: FlaskClient, missing: str) -> None:
    form = ussd_form("s-1", a_number(), "")
    del form[missing]
    answer = client.post(ussd_channel().path("inbound"), data=form)
    assert (answer.status_code, missing in answer.text) == (400, True)
    assert rows(MenuSession) == []


def test_a_blank_text_that_an_encoder_left_out_is_a_start(client: FlaskClient) -> None:
    form = ussd_form("s-1", a_number(), "")
    del form["text"]
    assert client.post(ussd_channel().path("inbound"), data=form).text.startswith("CON ")


@pytest.mark.parametrize("secret", ["wrong", "x" * 32, "%00", "ünïcode"])
@pytest.mark.parametrize("action", ["inbound", "end"])
def test_a_wrong_secret_is_not_found(client: FlaskClient, secret: str, action: str) -> None:
    path = f"/hooks/africastalking/ussd/at-ussd-ke/{secret}/{action}"
    assert client.post(path, data=ussd_form("s-1", a_number(), "")).status_code == 404
    assert rows(MenuSession) == []


def test_a_channel_for_text_messages_takes_no_dialling(client: FlaskClient) -> None:
    channel = the_channel("at-sms-ke")
    path = f"/hooks/africastalking/ussd/at-sms-ke/{channel.secret}/inbound"
    assert client.post(path, data=ussd_form("s-1", a_number(), "")).status_code == 404


def test_a_get_is_not_allowed(client: FlaskClient) -> None:
    assert client.get(ussd_channel().path("inbound")).status_code == 405


def test_a_path_longer_than_any_telephone_sends_is_refused(client: FlaskClient) -> None:
    form = ussd_form("s-1", a_number(), "1*" * 15_000)
    assert client.post(ussd_channel().path("inbound"), data=form).status_code == 400


def test_characters_that_postgresql_refuses_do_not_get_in_the_way(client: FlaskClient) -> None:
    phone = Phone(client)
    phone.dial()
    phone.answer("1", "1", "1", "1")
    answer = client.post(
        phone.channel.path("inbound"),
        data=f"sessionId={phone.session_id}&phoneNumber={phone.number[1:]}&text=1*1*1*1*no+%00drugs+%ED%A0%80",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.text.startswith("CON Send this report?")


def test_an_end_notice_without_status_is_refused_and_one_of_an_unknown_session_is_taken(
    client: FlaskClient,
) -> None:
    path = ussd_channel().path("end")
    assert client.post(path, data={"sessionId": "s-1"}).status_code == 400
    assert client.post(path, data={"sessionId": "s-1", "status": "Failed", "cost": ""}).status_code == 200


FIELDS = st.sampled_from([*ussd_form("", "", ""), "status"])
FORMS = st.dictionaries(FIELDS, st.text(max_size=300), max_size=6)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=FORMS, action=st.sampled_from(["inbound", "end"]))
def test_no_form_whatever_breaks_the_webhook(app: Flask, form: dict[str, str], action: str) -> None:
    printable = {name: value.encode("utf-8", "replace").decode() for name, value in form.items()}
    answer = app.test_client().post(ussd_channel().path(action), data=printable)
    assert answer.status_code in {200, 400}
