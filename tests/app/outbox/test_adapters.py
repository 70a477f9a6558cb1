"""From a stored message to the provider's own wire format and back, through the real adapters."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app.directory.channels import Channel
from app.outbox.delivery import SETTLE_WAIT
from app.outbox.providers import Providers
from app.reports.models import Contact
from app.settings import Settings, load_settings
from tests.builders.messages import a_contact, a_message, deliver_now, stored
from tests.builders.stored import rows
from tests.builders.webhooks import the_channel
from tests.fakes.providers import (
    Answer,
    FakeAfricasTalking,
    FakeProvider,
    FakeTwilio,
    Reset,
    at_refused,
    at_sent,
    twilio_error,
)

NUMBER = "+254711999002"


@pytest.fixture
def twilio(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeTwilio]:
    with FakeTwilio() as fake:
        point_at(app, settings, monkeypatch, "TWILIO_API_BASE", fake)
        yield fake


@pytest.fixture
def africastalking(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeAfricasTalking]:
    with FakeAfricasTalking() as fake:
        point_at(app, settings, monkeypatch, "AFRICASTALKING_API_BASE", fake)
        yield fake


def point_at(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str, fake: FakeProvider
) -> None:
    """As if the product had been started with this setting."""
    pointed = load_settings({"INSTANCE": str(settings.instance), name: fake.base_url})
    monkeypatch.setitem(app.extensions, "providers", Providers(pointed))


def state_after(channel: str) -> tuple[str, str | None]:
    """Send one message over this channel: what became of it."""
    message = a_message(a_contact(NUMBER), channel=channel)
    deliver_now(message)
    return stored(message).state, stored(message).error


def test_twilio_gets_our_number_theirs_the_words_and_where_the_receipt_goes(twilio: FakeTwilio) -> None:
    message = a_message(a_contact(NUMBER), body="KE-7F3K9QX: पानी")
    assert deliver_now(message) is None
    (request,) = twilio.requests
    receipts = f"https://gapline.test/hooks/twilio/twilio-sms-ke/receipts?m={message.id}"
    body = "KE-7F3K9QX: पानी"
    assert request.form == {"From": "+254200000001", "To": NUMBER, "Body": body, "StatusCallback": receipts}
    sent = stored(message)
    assert sent.state == "sent"
    assert sent.provider_message_id is not None
    assert sent.provider_message_id.startswith("SM")


def test_africas_talking_gets_the_short_code_the_number_and_the_words(africastalking: FakeAfricasTalking) -> None:
    message = a_message(a_contact(NUMBER), channel="at-sms-ke", body="Come on Monday.")
    assert deliver_now(message) is None
    (request,) = africastalking.requests
    form = request.form
    assert (form["from"], form["to"], form["message"]) == ("22384", NUMBER, "Come on Monday.")
    assert form["username"] == "gapline-demo"
    assert stored(message).provider_message_id == africastalking_id(stored(message).provider_message_id)


def africastalking_id(given: str | None) -> str:
    assert given is not None
    prefix, _, rest = given.partition("_")
    assert (prefix, len(rest)) == ("ATXid", 32)
    return given


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (twilio_error(429, 20429), ("ready", "20429")),
        (twilio_error(400, 21211), ("failed", "21211")),
        (twilio_error(401, 20003), ("ready", "authentication")),
        (Answer(503), ("ready", None)),
        (Reset(), ("unknown", None)),
        (Answer(200, "<html>rubbish", "text/html"), ("unknown", None)),
    ],
)
def test_what_twilio_answers_becomes_a_state(
    twilio: FakeTwilio, answer: Answer, outcome: tuple[str, str | None]
) -> None:
    twilio.answer_with(answer)
    state, error = state_after("twilio-sms-ke")
    assert (state, outcome[1] and error) == outcome


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (at_sent(NUMBER, statusCode=405, status="InsufficientBalance"), ("ready", "405")),
        (at_sent(NUMBER, statusCode=403, status="InvalidPhoneNumber"), ("failed", "403")),
        (at_refused("InvalidSenderId"), ("failed", "InvalidSenderId")),
        (Reset(), ("unknown", None)),
        (Answer(201, "{}"), ("unknown", None)),
    ],
)
def test_what_africas_talking_answers_becomes_a_state(
    africastalking: FakeAfricasTalking, answer: Answer, outcome: tuple[str, str | None]
) -> None:
    africastalking.answer_with(answer)
    state, error = state_after("at-sms-ke")
    assert (state, outcome[1] and error) == outcome


def test_an_opt_out_that_twilio_knows_of_stops_that_channel(twilio: FakeTwilio) -> None:
    twilio.answer_with(twilio_error(400, 21610))
    assert state_after("twilio-sms-ke") == ("failed", "21610")
    assert [contact.stopped for contact in rows(Contact)] == [["twilio-sms-ke"]]


def test_an_opt_out_that_africas_talking_knows_of_stops_that_channel(africastalking: FakeAfricasTalking) -> None:
    africastalking.answer_with(at_sent(NUMBER, statusCode=406, status="UserInBlacklist"))
    assert state_after("at-sms-ke") == ("failed", "406")
    assert [contact.stopped for contact in rows(Contact)] == [["at-sms-ke"]]


def test_a_reset_connection_is_in_doubt_and_waited_out(twilio: FakeTwilio) -> None:
    twilio.answer_with(Reset())
    message = a_message()
    assert [deliver_now(message), deliver_now(message)] == [SETTLE_WAIT, SETTLE_WAIT]
    assert len(twilio.requests) == 1


def test_the_demo_prints_messages_instead_of_sending_them(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    message = a_message(a_contact(NUMBER), body="Come on Monday.")
    assert deliver_now(message) is None
    assert stored(message).state == "sent"
    (line,) = [line for line in capsys.readouterr().err.splitlines() if "Come on Monday." in line]
    assert NUMBER not in line


@pytest.mark.parametrize("account", ["TWILIO", "AFRICASTALKING"])
def test_an_account_in_demo_mode_is_not_used_without_an_address_to_speak_to(
    app: Flask, settings: Settings, account: str
) -> None:
    """Somebody who tries the demo with their own account in the environment must not send real messages."""
    real = {
        "TWILIO_ACCOUNT_SID": "AC" + "1" * 32,
        "TWILIO_AUTH_TOKEN": "1" * 32,
        "AFRICASTALKING_USERNAME": "someone",
        "AFRICASTALKING_API_KEY": "key",
    }
    providers = Providers(load_settings({"INSTANCE": str(settings.instance)} | real))
    slug = {"TWILIO": "twilio-sms-ke", "AFRICASTALKING": "at-sms-ke"}[account]
    assert providers.of(the_channel(slug)).name == "console"


def test_production_uses_the_accounts_it_has_and_never_the_console(settings: Settings) -> None:
    production = load_settings(
        {
            "MODE": "production",
            "INSTANCE": str(settings.instance),
            "PUBLIC_URL": "https://gapline.example",
            "DATABASE_URL": "postgresql://db/gapline",
            "SECRET_KEY": settings.secret_key,
            "FIELD_KEYS": settings.field_keys,
            "TWILIO_ACCOUNT_SID": "AC" + "1" * 32,
            "TWILIO_AUTH_TOKEN": "1" * 32,
        }
    )
    providers = Providers(production)
    assert providers.of(Channel("t", "twilio", "sms", "KE", "+254200000001", "s")).name == "twilio"
    with pytest.raises(LookupError, match="africastalking"):
        providers.of(Channel("a", "africastalking", "sms", "KE", "22384", "s"))
