from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from sms.message import Accepted, OutboundSms, Refused, TryAgain, Unknown
from sms.providers.africastalking import AfricasTalking
from tests.fakes.providers import (
    Answer,
    FakeAfricasTalking,
    at_answer,
    at_refused,
    at_sent,
    at_unauthorised,
)

NUMBER = "+254712345678"


@pytest.fixture
def fake() -> Iterator[FakeAfricasTalking]:
    with FakeAfricasTalking() as running:
        yield running


@pytest.fixture
def provider(fake: FakeAfricasTalking) -> AfricasTalking:
    return AfricasTalking("gapline", "key-1", fake.base_url)


def message(text: str = "Recorded as KE-4F7T2NA.", **changes: str | None) -> OutboundSms:
    fields = {"id": "our-1", "to": NUMBER, "text": text, "sender": "22384"}
    return OutboundSms(**(fields | changes))


def test_a_message_is_sent_to_one_number(fake: FakeAfricasTalking, provider: AfricasTalking) -> None:
    result = provider.send(message())
    (request,) = fake.requests
    assert isinstance(result, Accepted)
    assert (result.segments, result.cost) == (1, "KES 0.8000")
    assert (request.method, request.path) == ("POST", "/version1/messaging")
    assert request.headers["apiKey"] == "key-1"
    assert request.form == {
        "username": "gapline",
        "to": NUMBER,
        "message": "Recorded as KE-4F7T2NA.",
        "bulkSMSMode": "1",
        "from": "22384",
    }


def test_a_shared_short_code_needs_no_sender(fake: FakeAfricasTalking, provider: AfricasTalking) -> None:
    provider.send(message(sender=None))
    assert "from" not in fake.requests[0].form


def test_an_answer_to_a_premium_message_carries_its_link(
    fake: FakeAfricasTalking, provider: AfricasTalking
) -> None:
    assert isinstance(provider.send(message(link_id="link-1")), Accepted)
    (request,) = fake.requests
    assert request.path == "/version1/messaging"
    assert (request.form["linkId"], request.form["bulkSMSMode"]) == ("link-1", "0")


def test_texts_of_every_script_arrive_as_written(fake: FakeAfricasTalking, provider: AfricasTalking) -> None:
    text = "पानी & €=😀\n+%00 ọ̀"
    provider.send(message(text))
    assert fake.requests[0].form["message"] == text


@pytest.mark.parametrize("code", [100, 101, 102, "101"])
def test_processed_sent_and_queued_are_accepted(
    fake: FakeAfricasTalking, provider: AfricasTalking, code: object
) -> None:
    fake.answer_with(at_sent(NUMBER, statusCode=code, messageId="ATXid_1", cost=None))
    assert provider.send(message()) == Accepted("ATXid_1", 1, None)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (401, Refused("401", "RiskHold", permanent=True)),
        (402, Refused("402", "InvalidSenderId", permanent=True)),
        (403, Refused("403", "InvalidPhoneNumber", permanent=True)),
        (404, Refused("404", "UnsupportedNumberType", permanent=True)),
        (405, TryAgain("405", "InsufficientBalance")),
        (406, Refused("406", "UserInBlacklist", permanent=True, opted_out=True)),
        (407, Refused("407", "CouldNotRoute", permanent=False)),
        (409, Refused("409", "DoNotDisturbRejection", permanent=True, opted_out=True)),
        (500, TryAgain("500", "InternalServerError")),
        (501, TryAgain("501", "GatewayError")),
        (502, TryAgain("502", "RejectedByGateway")),
        (999, Unknown("999: UnknownStatusCode")),
    ],
)
def test_status_codes_of_a_recipient_mean_what_the_table_says(
    fake: FakeAfricasTalking, provider: AfricasTalking, code: int, expected: object
) -> None:
    fake.answer_with(at_sent(NUMBER, statusCode=code, messageId="None"))
    assert provider.send(message()) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("InvalidSenderId", Refused("InvalidSenderId", "InvalidSenderId", permanent=True)),
        ("InsufficientBalance", TryAgain("InsufficientBalance", "InsufficientBalance")),
        ("Something new", Refused("NoRecipients", "Something new", permanent=False)),
        (f"No route to {NUMBER}", Refused("NoRecipients", "No route to •••", permanent=False)),
        ("", Refused("NoRecipients", "", permanent=False)),
    ],
)
def test_a_success_without_recipients_is_a_failure(
    fake: FakeAfricasTalking, provider: AfricasTalking, word: str, expected: object
) -> None:
    fake.answer_with(at_refused(word))
    assert provider.send(message()) == expected


def test_refused_credentials_are_not_the_recipients_fault(
    fake: FakeAfricasTalking, provider: AfricasTalking
) -> None:
    fake.answer_with(at_unauthorised())
    assert provider.send(message()) == TryAgain("authentication", "The supplied authentication is invalid")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, Refused),
        (404, TryAgain),
        (429, TryAgain),
        (500, Unknown),
        (502, Unknown),
        (503, TryAgain),
        (504, Unknown),
    ],
)
def test_http_statuses_say_whether_the_message_was_taken(
    fake: FakeAfricasTalking, provider: AfricasTalking, status: int, kind: type
) -> None:
    fake.answer_with(Answer(status, "Bad things happened", "text/plain"))
    assert isinstance(provider.send(message()), kind)


@pytest.mark.parametrize(
    "content_type",
    ["application/json; charset=utf-8", "application/json;charset=ISO-8859-1", "text/plain", "text/html", ""],
)
def test_an_answer_is_read_whatever_type_it_says_it_is(
    fake: FakeAfricasTalking, provider: AfricasTalking, content_type: str
) -> None:
    recipient = {"statusCode": 101, "messageId": "ATXid_1", "number": NUMBER, "cost": "KES 0.8000"}
    fake.answer_with(at_answer("Sent to 1/1 Message parts: 2", [recipient], content_type))
    assert provider.send(message()) == Accepted("ATXid_1", 2, "KES 0.8000")


@pytest.mark.parametrize(
    "recipient",
    [
        {"statusCode": 101},
        {"statusCode": 101, "messageId": "None"},
        {"statusCode": 101, "messageId": 7},
        {"statusCode": None, "messageId": "x"},
        {"statusCode": float("inf")},
        {},
    ],
)
def test_a_success_without_a_message_id_is_unknown(
    fake: FakeAfricasTalking, provider: AfricasTalking, recipient: dict[str, object]
) -> None:
    fake.answer_with(at_answer("Sent", [recipient]))
    assert isinstance(provider.send(message()), Unknown)


@pytest.mark.parametrize("to", ["0712345678", "MTN", "", "+254712345678,+254712345679"])
def test_nothing_is_sent_to_what_is_no_number(fake: FakeAfricasTalking, provider: AfricasTalking, to: str) -> None:
    assert provider.send(message(to=to)).permanent
    assert fake.requests == ()


def test_half_a_surrogate_pair_is_refused_here(fake: FakeAfricasTalking, provider: AfricasTalking) -> None:
    assert provider.send(message("\ud800")).code == "unencodable"
    assert fake.requests == ()


def test_no_log_holds_the_number_the_words_or_the_key(
    fake: FakeAfricasTalking, provider: AfricasTalking, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="urllib3")  # the application, once made, quiets it
    fake.answer_with(at_sent(NUMBER), at_refused(f"No route to {NUMBER}"))
    provider.send(message("secret words"))
    provider.send(message("secret words"))
    assert caplog.records  # the connection pool does speak
    assert not any(found in caplog.text for found in ("secret", NUMBER[1:], "key-1"))


def test_without_a_base_the_providers_own_addresses_are_used() -> None:
    live, sandbox = AfricasTalking("gapline", "key-1"), AfricasTalking("sandbox", "key-1")
    assert live._api._make_url("/messaging") == "https://api.africastalking.com/version1/messaging"
    assert sandbox._api._make_url("/messaging") == "https://api.sandbox.africastalking.com/version1/messaging"
