from __future__ import annotations

import base64
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from sms.message import Accepted, OutboundSms, Refused, TryAgain, Unknown
from sms.providers.twilio import Twilio, judge
from tests.fakes.providers import Answer, FakeTwilio, twilio_created, twilio_error

SID = "AC" + "1" * 32
NUMBER = "+254712345678"


@pytest.fixture
def fake() -> Iterator[FakeTwilio]:
    with FakeTwilio() as running:
        yield running


@pytest.fixture
def twilio(fake: FakeTwilio) -> Twilio:
    return Twilio(SID, "token", fake.base_url)


def message(text: str = "Recorded as KE-4F7T2NA.", **changes: str) -> OutboundSms:
    fields = {"id": "our-1", "to": NUMBER, "text": text, "sender": "+254711000000"}
    return OutboundSms(**(fields | changes))


def test_a_message_is_created_with_our_id_in_its_receipts_address(fake: FakeTwilio, twilio: Twilio) -> None:
    result = twilio.send(message(receipts_url="https://gapline.example/hooks/twilio?c=ke&m=old", id="a b&c"))
    (request,) = fake.requests
    assert isinstance(result, Accepted)
    assert (request.method, request.path) == ("POST", f"/2010-04-01/Accounts/{SID}/Messages.json")
    assert request.form == {
        "To": NUMBER,
        "From": "+254711000000",
        "Body": "Recorded as KE-4F7T2NA.",
        "StatusCallback": "https://gapline.example/hooks/twilio?c=ke&m=a+b%26c",
    }
    assert request.headers["Authorization"] == "Basic " + base64.b64encode(f"{SID}:token".encode()).decode()


def test_what_twilio_says_of_parts_and_price_is_kept(fake: FakeTwilio, twilio: Twilio) -> None:
    fake.answer_with(twilio_created({}, sid="SM1", num_segments="3", price="-0.0225"))
    assert twilio.send(message()) == Accepted("SM1", 3, "-0.0225 USD")


def test_a_messaging_service_is_no_from(fake: FakeTwilio, twilio: Twilio) -> None:
    fake.answer_with(*2 * [twilio_created({}, sid="SM1", num_segments="0")])
    assert twilio.send(message(sender="MG" + "0" * 32)) == Accepted("SM1", None, None)
    assert twilio.send(message(sender="MG" + "0" * 32, kind="whatsapp")) == Accepted("SM1", None, None)
    assert {request.form["MessagingServiceSid"] for request in fake.requests} == {"MG" + "0" * 32}
    assert not any("From" in request.form for request in fake.requests)


def test_without_a_sender_the_choice_is_twilios(fake: FakeTwilio, twilio: Twilio) -> None:
    twilio.send(OutboundSms("our-1", NUMBER, "Recorded."))
    assert set(fake.requests[0].form) == {"To", "Body"}


def test_whatsapp_addresses_get_their_prefix(fake: FakeTwilio, twilio: Twilio) -> None:
    twilio.send(message(kind="whatsapp"))
    form = fake.requests[0].form
    assert (form["To"], form["From"]) == (f"whatsapp:{NUMBER}", "whatsapp:+254711000000")


def test_texts_of_every_script_arrive_as_written(fake: FakeTwilio, twilio: Twilio) -> None:
    text = "पानी & €=😀\n+%00 ọ̀"
    twilio.send(message(text))
    assert fake.requests[0].form["Body"] == text


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (429, 20429, TryAgain("20429", "why")),
        (400, 21611, TryAgain("21611", "why")),
        (400, 30003, TryAgain("30003", "why")),
        (400, 63018, TryAgain("63018", "why")),
        (400, 21610, Refused("21610", "why", permanent=True, opted_out=True)),
        (400, 21211, Refused("21211", "why", permanent=True)),
        (400, 21617, Refused("21617", "why", permanent=True)),
        (400, 30004, Refused("30004", "why", permanent=True)),
        (400, 30006, Refused("30006", "why", permanent=True)),
        (400, 30018, Refused("30018", "why", permanent=False)),
        (400, 99999, Refused("99999", "why", permanent=False)),
        (401, 20003, TryAgain("authentication", "why")),
        (403, 20403, TryAgain("authentication", "why")),
        (404, 20404, TryAgain("20404", "why")),
        (503, 20503, TryAgain("20503", "why")),
        (500, 20500, Unknown("20500: why")),
    ],
)
def test_error_codes_mean_what_the_table_says(
    fake: FakeTwilio, twilio: Twilio, status: int, code: int, expected: object
) -> None:
    fake.answer_with(twilio_error(status, code, "why"))
    result = twilio.send(message())
    assert type(result) is type(expected)
    assert getattr(result, "code", None) == getattr(expected, "code", None)
    assert result.reason.endswith("why")
    if isinstance(expected, Refused):
        assert (result.permanent, result.opted_out) == (expected.permanent, expected.opted_out)


def test_an_error_in_a_created_message_counts(fake: FakeTwilio, twilio: Twilio) -> None:
    fake.answer_with(twilio_created({}, status="failed", error_code=30006, error_message="Landline"))
    assert twilio.send(message()) == Refused("30006", "Landline", permanent=True)


def test_a_problem_document_is_an_error_like_any_other(fake: FakeTwilio, twilio: Twilio) -> None:
    problem = '{"type": "about:blank", "title": "Stopped", "status": 400, "code": 21610}'
    odd = '{"type": "about:blank", "title": "Odd", "status": "four hundred", "code": 1}'
    fake.answer_with(Answer(400, problem), Answer(400, odd))
    assert twilio.send(message()) == Refused("21610", "Stopped", permanent=True, opted_out=True)
    assert twilio.send(message()) == Unknown("1: Odd")


def test_the_number_in_an_explanation_is_covered(fake: FakeTwilio, twilio: Twilio) -> None:
    fake.answer_with(twilio_error(400, 21211, f"The 'To' number {NUMBER} is not valid"))
    assert "number ••• is not valid" in twilio.send(message()).reason


@pytest.mark.parametrize("to", ["0712345678", "22384", "MTN", "", "+25471٢345678", "+254712345678,+254712345679"])
def test_nothing_is_sent_to_what_is_no_number(fake: FakeTwilio, twilio: Twilio, to: str) -> None:
    assert twilio.send(message(to=to)) == Refused("21211", "not a number in E.164", permanent=True)
    assert fake.requests == ()


def test_half_a_surrogate_pair_is_refused_here(fake: FakeTwilio, twilio: Twilio) -> None:
    assert twilio.send(message("\ud800")).code == "unencodable"
    assert fake.requests == ()


@pytest.mark.parametrize(("name", "value"), [("TWILIO_EDGE", "sydney"), ("TWILIO_REGION", "au1")])
def test_the_environment_cannot_move_the_address(
    fake: FakeTwilio, twilio: Twilio, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert isinstance(twilio.send(message()), Accepted)
    assert len(fake.requests) == 1


def test_threads_share_a_provider_and_each_gets_its_own_answer(fake: FakeTwilio, twilio: Twilio) -> None:
    fake.usual_answer = lambda request: twilio_created({}, sid=f"SM-{request.form['Body']}")
    texts = [str(number) for number in range(60)]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(twilio.send, map(message, texts)))
    assert [result.provider_message_id for result in results] == [f"SM-{text}" for text in texts]


def test_no_log_holds_the_number_or_the_words(
    fake: FakeTwilio, twilio: Twilio, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="urllib3")  # the application, once made, quiets it
    fake.answer_with(twilio_created({}), twilio_error(400, 21211, f"{NUMBER} is not valid"))
    twilio.send(message("secret words"))
    twilio.send(message("secret words"))
    assert caplog.records  # the connection pool does speak
    assert not any(found in caplog.text for found in ("secret", NUMBER, NUMBER[1:]))


def test_the_table_serves_receipts_too() -> None:
    assert judge("30006", "Landline") == Refused("30006", "Landline", permanent=True)
