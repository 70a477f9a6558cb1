"""Whatever is posted to a webhook: never a server error, and nothing half-stored."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from app.directory.channels import Channel
from tests.builders.stored import messages_in, messages_out, reports
from tests.builders.webhooks import (
    africastalking_form,
    from_africastalking,
    from_twilio,
    signature,
    the_channel,
    twilio_form,
)


def is_untouched() -> bool:
    return not (reports() or messages_in() or messages_out())


def test_a_forged_signature_is_refused_and_stores_nothing(client: FlaskClient) -> None:
    path = the_channel("twilio-sms-ke").path("inbound")
    answer = client.post(path, data=twilio_form(), headers={"X-Twilio-Signature": "Zm9yZ2Vk"})
    assert answer.status_code == 403
    assert is_untouched()


def test_a_missing_signature_is_refused(client: FlaskClient) -> None:
    assert client.post(the_channel("twilio-sms-ke").path("inbound"), data=twilio_form()).status_code == 403
    assert is_untouched()


def test_the_request_cannot_choose_the_address_it_was_signed_for(client: FlaskClient) -> None:
    channel, form = the_channel("twilio-sms-ke"), twilio_form()
    path = channel.path("inbound")
    elsewhere = RequestValidator(channel.secret).compute_signature(f"https://evil.example{path}", form)
    headers = {"X-Twilio-Signature": elsewhere, "X-Forwarded-Host": "evil.example", "Host": "evil.example"}
    assert client.post(path, data=form, headers=headers).status_code == 403


@pytest.mark.parametrize("secret", ["wrong", "x" * 32, "%00", "ünïcode", "' OR 1=1 --"])
def test_a_wrong_path_secret_is_not_found(client: FlaskClient, secret: str) -> None:
    path = f"/hooks/africastalking/at-sms-ke/{secret}/inbound"
    assert client.post(path, data=africastalking_form()).status_code == 404
    assert is_untouched()


@pytest.mark.parametrize("slug", ["nowhere", "at-sms-ke", "%2e%2e", "twilio-sms-ke%00"])
def test_an_unknown_channel_is_not_found(client: FlaskClient, slug: str) -> None:
    assert client.post(f"/hooks/twilio/{slug}/inbound", data=twilio_form()).status_code == 404


@pytest.mark.parametrize("missing", ["id", "from"])
def test_a_missing_field_is_named_and_nothing_is_stored(client: FlaskClient, missing: str) -> None:
    form = africastalking_form()
    del form[missing]
    answer = from_africastalking(client, form)
    assert (answer.status_code, missing in answer.text) == (400, True)
    assert is_untouched()


@pytest.mark.parametrize("missing", ["MessageSid", "From"])
def test_twilio_without_a_field_it_always_sends_is_refused(client: FlaskClient, missing: str) -> None:
    form = {name: value for name, value in twilio_form().items() if name != missing and "Sid" not in name}
    assert from_twilio(client, form).status_code == 400
    assert is_untouched()


def test_unknown_fields_are_ignored(client: FlaskClient) -> None:
    assert from_twilio(client, twilio_form(Rainfall="12", status="closed", partner="ibp")).status_code == 200
    assert [(report.status, report.partner) for report in reports()] == [("new", "cedc")]


def test_an_id_longer_than_an_index_holds_is_refused(client: FlaskClient) -> None:
    assert from_africastalking(client, africastalking_form(id="x" * 4000)).status_code == 400
    assert is_untouched()


def test_a_body_of_a_megabyte_is_too_large(client: FlaskClient) -> None:
    answer = from_africastalking(client, africastalking_form(text="no drugs " * 120_000))
    assert answer.status_code == 413
    assert is_untouched()


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00"])
def test_an_empty_text_is_helped_not_filed(client: FlaskClient, text: str) -> None:
    assert from_twilio(client, twilio_form(Body=text)).status_code == 200
    assert reports() == []
    assert [message.purpose for message in messages_out()] == ["fixed"]


def test_characters_that_postgresql_refuses_do_not_get_in_the_way(client: FlaskClient) -> None:
    raw = "from=%2B254711999111&id=odd-1&to=22384&text=no+drugs+%00+at+%ED%A0%80+dispensary%E2%80%AE"
    path = the_channel("at-sms-ke").path("inbound")
    answer = client.post(path, data=raw, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    (message,) = messages_in()
    assert "\x00" not in message.body
    assert "no drugs" in message.body


@pytest.mark.parametrize("status", ["Exploded", "", "SUCCESS", "delivered; DROP TABLE report"])
def test_an_unknown_receipt_status_is_taken_with_a_200(client: FlaskClient, status: str) -> None:
    receipt = {"id": "ATXid_1", "phoneNumber": "+254711000000", "status": status, "networkCode": "63902"}
    assert from_africastalking(client, receipt, action="receipts").status_code in {200, 400}


def test_a_get_is_not_allowed(client: FlaskClient) -> None:
    assert client.get(the_channel("at-sms-ke").path("inbound")).status_code == 405


FIELDS = st.sampled_from(
    [*africastalking_form(), *twilio_form(), "status", "phoneNumber", "senderId", "MessageStatus"]
)
FORMS = st.dictionaries(FIELDS, st.text(max_size=300), max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=FORMS, action=st.sampled_from(["inbound", "receipts", "opt-out"]))
def test_no_form_whatever_breaks_africas_talkings_webhooks(app: Flask, form: dict[str, str], action: str) -> None:
    channel = the_channel("at-sms-ke")
    assert post(app, channel, channel.path(action), form) < 500


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=FORMS, action=st.sampled_from(["inbound", "receipts"]))
def test_no_form_whatever_breaks_twilios_webhooks(app: Flask, form: dict[str, str], action: str) -> None:
    channel = the_channel("twilio-sms-ke")
    assert post(app, channel, channel.path(action), form) < 500


def post(app: Flask, channel: Channel, path: str, form: dict[str, str]) -> int:
    printable = {name: value.encode("utf-8", "replace").decode() for name, value in form.items()}
    headers = {"X-Twilio-Signature": signature(channel, path, printable)}
    return app.test_client().post(path, data=printable, headers=headers).status_code
