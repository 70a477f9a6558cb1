"""What both providers make of a network that fails."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from sms.message import Accepted, OutboundSms, Provider, TryAgain, Unknown
from sms.providers.africastalking import AfricasTalking
from sms.providers.transport import TimeLimits, checked_base, credential
from sms.providers.twilio import Twilio
from tests.fakes.providers import (
    Answer,
    Drip,
    FakeAfricasTalking,
    FakeProvider,
    FakeTwilio,
    Reset,
    Stall,
    at_sent,
    twilio_created,
)

QUICK = TimeLimits(connect=0.3, answer=0.3)
PATIENT = TimeLimits(connect=5.0, answer=5.0)
MESSAGE = OutboundSms("our-1", "+254712345678", "Recorded.", sender="22384")

Connect = Callable[[str, TimeLimits], Provider]


def twilio_at(base: str, limits: TimeLimits) -> Provider:
    return Twilio("AC" + "1" * 32, "token", base, limits)


def africastalking_at(base: str, limits: TimeLimits) -> Provider:
    return AfricasTalking("gapline", "key-1", base, limits)


@pytest.fixture(params=[(FakeTwilio, twilio_at), (FakeAfricasTalking, africastalking_at)], ids=["twilio", "at"])
def case(request: pytest.FixtureRequest) -> Iterator[tuple[FakeProvider, Connect]]:
    kind, connect = request.param
    with kind() as fake:
        yield fake, connect


@pytest.fixture
def fake(case: tuple[FakeProvider, Connect]) -> FakeProvider:
    return case[0]


@pytest.fixture
def connect(case: tuple[FakeProvider, Connect]) -> Connect:
    return case[1]


def success(fake: FakeProvider) -> Answer:
    return twilio_created({}) if isinstance(fake, FakeTwilio) else at_sent(MESSAGE.to)


def test_success_is_accepted_and_connections_are_used_again(fake: FakeProvider, connect: Connect) -> None:
    provider = connect(fake.base_url, PATIENT)
    results = [provider.send(MESSAGE) for _ in range(3)]
    assert all(isinstance(result, Accepted) for result in results)
    assert len(set(results)) == 3


def test_an_answer_that_never_comes_is_unknown_in_time(fake: FakeProvider, connect: Connect) -> None:
    fake.answer_with(Stall())
    began = time.monotonic()
    assert connect(fake.base_url, QUICK).send(MESSAGE) == Unknown("ReadTimeout")
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize("seconds_per_byte", [0.02, 0.1])
def test_an_answer_that_drips_is_unknown_in_time(
    fake: FakeProvider, connect: Connect, seconds_per_byte: float
) -> None:
    fake.answer_with(Drip(success(fake), seconds_per_byte))
    began = time.monotonic()
    assert isinstance(connect(fake.base_url, QUICK).send(MESSAGE), Unknown)
    assert time.monotonic() - began < 1.5


def test_a_body_that_drips_after_quick_headers_is_unknown_in_time(fake: FakeProvider, connect: Connect) -> None:
    fake.answer_with(Drip(Answer(201, "x" * 2000, headers={"X": "y"}), 0.002))
    began = time.monotonic()
    assert isinstance(connect(fake.base_url, QUICK).send(MESSAGE), Unknown)
    assert time.monotonic() - began < 1.5


def test_the_time_left_bounds_the_wait_for_a_late_packet() -> None:
    with FakeAfricasTalking() as fake:
        fake.answer_with(Drip(success(fake), 0.9))
        began = time.monotonic()
        assert isinstance(africastalking_at(fake.base_url, TimeLimits(1.0, 1.0)).send(MESSAGE), Unknown)
        assert time.monotonic() - began < 1.6


def test_a_reset_connection_is_unknown_and_the_next_message_goes_through(
    fake: FakeProvider, connect: Connect
) -> None:
    provider = connect(fake.base_url, PATIENT)
    fake.answer_with(Reset())
    assert isinstance(provider.send(MESSAGE), Unknown)
    assert isinstance(provider.send(MESSAGE), Accepted)
    assert len(fake.requests) == 2


NO_ANSWER = [
    *("", "OK", "<html>", "[]", "[1]", '"text"', "null", "7", "{}", "[" * 100_000, b"\xff\xfe"),
    *('{"SMSMessageData": []}', '{"SMSMessageData": {"Message": "x", "Recipients": {"a": 1}}}'),
    *('{"sid": 7}', '{"sid": ""}', '{"sid": "SM1", "num_segments": "many"}', '{"sid": "SM1", "date_sent": 7}'),
    *('{"sid": "SM1", "num_segments": Infinity}', '{"sid": "SM1", "error_code": Infinity}'),
]


@pytest.mark.parametrize("body", NO_ANSWER)
def test_rubbish_with_a_success_status_is_unknown(fake: FakeProvider, connect: Connect, body: str | bytes) -> None:
    fake.answer_with(Answer(201, body), Answer(200, body))
    provider = connect(fake.base_url, PATIENT)
    assert isinstance(provider.send(MESSAGE), Unknown)
    assert isinstance(provider.send(MESSAGE), Unknown)


def test_a_body_cut_short_is_unknown(fake: FakeProvider, connect: Connect) -> None:
    fake.answer_with(Answer(201, "{}", headers={"Content-Length": "500", "Connection": "close"}))
    assert isinstance(connect(fake.base_url, QUICK).send(MESSAGE), Unknown)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(fake: FakeProvider, connect: Connect, status: int) -> None:
    with FakeTwilio() as elsewhere:
        fake.answer_with(Answer(status, "", headers={"Location": elsewhere.base_url + "/x"}))
        assert isinstance(connect(fake.base_url, PATIENT).send(MESSAGE), TryAgain)
        assert elsewhere.requests == ()


def test_a_server_that_is_not_there_has_taken_nothing(connect: Connect) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert connect(f"http://127.0.0.1:{port}", PATIENT).send(MESSAGE) == TryAgain(
        "no-connection", "ConnectionError"
    )


def test_a_server_that_does_not_take_the_connection_has_taken_nothing(connect: Connect) -> None:
    with ExitStack() as stack, socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        result = connect(f"http://127.0.0.1:{full.getsockname()[1]}", QUICK).send(MESSAGE)
    assert result == TryAgain("no-connection", "ConnectTimeout")


def test_tls_that_does_not_come_about_has_sent_nothing(fake: FakeProvider, connect: Connect) -> None:
    result = connect(fake.base_url.replace("http:", "https:"), PATIENT).send(MESSAGE)
    assert result == TryAgain("no-connection", "ConnectionError")
    assert fake.requests == ()


def test_a_tls_handshake_that_stalls_has_sent_nothing(connect: Connect) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        result = connect(f"https://127.0.0.1:{mute.getsockname()[1]}", QUICK).send(MESSAGE)
    assert result == TryAgain("no-connection", "ConnectionError")


@pytest.mark.parametrize(
    "base",
    [
        *("127.0.0.1:8080", "ftp://example.org", "https://", "http://example.org/v1"),
        *("http://example.org?x=1", "http://me@example.org", "https://example.org#x"),
    ],
)
def test_an_api_base_is_scheme_host_and_port_only(base: str) -> None:
    with pytest.raises(ValueError, match="scheme, a host and a port"):
        checked_base(base, "https://api.example.org")
    with pytest.raises(ValueError, match="scheme, a host and a port"):
        africastalking_at(base, PATIENT)


def test_a_base_may_end_in_a_slash_and_defaults_to_the_providers_own() -> None:
    assert checked_base("http://127.0.0.1:8080/", "https://x") == "http://127.0.0.1:8080"
    assert checked_base(None, "https://api.example.org") == "https://api.example.org"


@pytest.mark.parametrize("value", ["", "key\n", "kéy", "\ud800"])
def test_a_credential_that_no_header_can_carry_is_refused_without_being_shown(value: str) -> None:
    with pytest.raises(ValueError, match=r"^api_key must be printable ASCII$"):
        credential("api_key", value)
