"""The generic provider: how its data makes requests, and how it reads what comes back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms.message import Accepted, DeliveryStatus, Malformed, OutboundSms, Refused, TryAgain, Unknown
from sms.providers.http import Http, flat, read_inbound, read_receipt, read_ussd, write_ussd
from sms.providers.http_options import BadOptions, HttpOptions, read_options
from sms.providers.templates import fill, for_type, for_url
from sms.providers.transport import TimeLimits, session
from sms.ussd.message import Screen
from tests.fakes.providers import Answer, FakeProvider, RecordedRequest, Reset, Stall
from tests.sms.strategies import anything, forms

NUMBER = "+221771000001"


class FakeAggregator(FakeProvider):
    def usual_answer(self, _request: RecordedRequest) -> Answer:
        return Answer(200, '{"messages": [{"id": "m-1", "status": "0"}]}')


@pytest.fixture
def fake() -> Iterator[FakeAggregator]:
    with FakeAggregator() as running:
        yield running


RULES = {
    "body": "key={key}&to={to_digits}&text={text}&ref={id}",
    "id": "messages.0.id",
    "code": "messages.0.status",
    "reason": "messages.0.why",
    "codes": {"0": "accepted", "1": "later", "4": "account", "6": "never", "7": "stopped", "9": "refused"},
}


def provider(base_url: str, limits: TimeLimits | None = None, **changes: Any) -> Http:
    options = read_options({"send": {"url": f"{base_url}/send", **RULES, **changes}})
    assert options.send
    return Http(options.send, {"key": "k&1"}, session(limits or TimeLimits()))


def message(text: str = "Recorded: SN-7F3K9QX", to: str = NUMBER) -> OutboundSms:
    return OutboundSms("our-1", to, text, "221330000002", None, "https://gapline.test/receipts")


def test_a_form_is_filled_and_escaped(fake: FakeAggregator) -> None:
    assert provider(fake.base_url).send(message("50% & more = ọ̀\n{key} 😀")) == Accepted("m-1")
    (request,) = fake.requests
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert request.form == {"key": "k&1", "to": NUMBER[1:], "text": "50% & more = ọ̀\n{key} 😀", "ref": "our-1"}


def test_an_address_and_headers_are_filled(fake: FakeAggregator) -> None:
    sending = provider(
        fake.base_url + "/a?to={to}&text={text}&x=",
        method="GET",
        body="",
        headers={"Authorization": "Bearer {key}"},
    )
    sending.send(message("a&b ?#/ é"))
    (request,) = fake.requests
    assert (request.method, request.headers["Authorization"]) == ("GET", "Bearer k&1")
    assert dict(parse_qsl(urlsplit(request.path).query)) == {"to": NUMBER, "text": "a&b ?#/ é", "x": "/send"}


@given(text=anything)
def test_whatever_is_filled_in_comes_out_of_json_as_it_went_in(text: str) -> None:
    body = fill('{"a": {"text": "{text}"}}', {"text": text}, for_type("application/json; charset=utf-8"))
    assert json.loads(body) == {"a": {"text": text}}


@given(text=anything)
def test_whatever_is_filled_in_stays_one_parameter(text: str) -> None:
    plain = text.encode("utf-8", "replace").decode()
    for escape in (for_type("application/x-www-form-urlencoded"), for_url):
        filled = fill("a={text}&b=1", {"text": text}, escape)
        assert parse_qsl(filled, keep_blank_values=True) == [("a", plain), ("b", "1")]


def test_xml_cannot_be_broken_out_of() -> None:
    assert fill("<t a='{x}'>{x}</t>", {"x": "</t>'\"&"}, for_type("text/xml")).count("<") == 2


def test_gaps_inside_values_stay_closed() -> None:
    assert fill("{a} {b}", {"a": "{b}", "b": "{a}"}) == "{b} {a}"
    assert fill("{unknown} {}", {"a": "1"}) == "{unknown} {}"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("1", TryAgain("1", "why")),
        ("4", TryAgain("authentication", "why")),
        ("6", Refused("6", "why", permanent=True)),
        ("7", Refused("7", "why", permanent=True, opted_out=True)),
        ("9", Refused("9", "why", permanent=False)),
        ("99", Unknown("99: why")),
    ],
)
def test_a_code_means_what_the_data_say(fake: FakeAggregator, code: str, expected: object) -> None:
    fake.answer_with(Answer(200, json.dumps({"messages": [{"status": code, "why": "why"}]})))
    assert provider(fake.base_url).send(message()) == expected


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (429, TryAgain),
        (503, TryAgain),
        (401, TryAgain),
        (302, TryAgain),
        (400, Refused),
        (500, Unknown),
        (502, Unknown),
    ],
)
def test_a_status_other_than_success_decides_where_no_code_does(
    fake: FakeAggregator, status: int, kind: type
) -> None:
    fake.answer_with(Answer(status, "busy", "text/plain"), Answer(status, '{"messages": [{"status": "0"}]}'))
    sending = provider(fake.base_url)
    assert [type(sending.send(message())) for _ in range(2)] == [kind, kind]


def test_a_code_beside_an_error_status_counts(fake: FakeAggregator) -> None:
    fake.answer_with(Answer(400, '{"messages": [{"status": "7"}]}'))
    assert provider(fake.base_url).send(message()) == Refused("7", "", permanent=True, opted_out=True)


@pytest.mark.parametrize("body", ["", "<html>", "[]", '{"messages": []}', "null", '"0"', "[" * 5000])
def test_rubbish_with_a_success_is_unknown(fake: FakeAggregator, body: str) -> None:
    fake.answer_with(Answer(200, body))
    assert isinstance(provider(fake.base_url).send(message()), Unknown)


def test_an_answer_in_words_is_read_by_position(fake: FakeAggregator) -> None:
    words = {"answer": "text", "code": "0", "id": "2", "codes": {"0": "accepted", "ERR": "refused"}}
    fake.answer_with(Answer(202, "0: Accepted id=77", "text/plain"), Answer(200, "ERR|no route", "text/plain"))
    sending = provider(fake.base_url, **words, reason="")
    assert sending.send(message()) == Accepted("id")
    assert sending.send(message()) == Refused("ERR", "", permanent=False)


def test_without_rules_any_success_is_accepted_under_our_own_id(fake: FakeAggregator) -> None:
    fake.answer_with(Answer(204, ""))
    assert provider(fake.base_url, id="", code="", codes={}).send(message()) == Accepted("our-1")


def test_a_number_that_is_none_is_never_sent_to(fake: FakeAggregator) -> None:
    assert provider(fake.base_url).send(message(to="40404")) == Refused(
        "number", "not a number in E.164", permanent=True
    )
    assert fake.requests == ()


def test_networks_fail_within_the_limits(fake: FakeAggregator) -> None:
    fake.answer_with(Stall(), Reset())
    sending = provider(fake.base_url, TimeLimits(connect=0.5, answer=0.3))
    assert [type(sending.send(message())) for _ in range(2)] == [Unknown, Unknown]
    assert isinstance(provider("http://127.0.0.1:9").send(message()), TryAgain)


def test_numbers_in_an_explanation_are_covered(fake: FakeAggregator) -> None:
    fake.answer_with(Answer(200, json.dumps({"messages": [{"status": "9", "why": f"no route to {NUMBER}"}]})))
    assert "221771" not in str(provider(fake.base_url).send(message()))


@pytest.mark.parametrize(
    "wrong",
    [
        {"unknown": {}},
        {"inbound": {"ident": "x"}},
        {"inbound": []},
        {"inbound": {"id": 7}},
        {"ussd": {"style": "spiral"}},
        {"ussd": {"starts": "initiation"}},
        {"receipt": {"statuses": {"ok": "arrived"}}},
        {"send": {}},
        {"send": {"url": "ftp://example.org"}},
        {"send": {"url": "https://example.org", "method": "DELETE"}},
        {"send": {"url": "https://example.org", "codes": {"0": "fine"}}},
        {"send": {"url": "https://example.org", "otherwise": "fine"}},
        {"methods": ["PUT"]},
    ],
)
def test_options_that_nobody_could_use_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadOptions):
        read_options(wrong)


def test_no_options_at_all_are_good() -> None:
    assert read_options({}) == HttpOptions()


def test_a_document_is_flat() -> None:
    document = {"a": [{"b": 1, "c": True}, None], "d": "x"}
    assert flat(document) == {"a.0.b": "1", "a.0.c": "true", "a.1": "", "d": "x"}


@pytest.mark.parametrize(
    ("word", "status"),
    [("sent", "sent"), ("DELIVERED", "delivered"), ("failed", "failed"), ("exploded", "unknown_status")],
)
def test_a_receipt_means_what_the_data_say(word: str, status: str) -> None:
    found = read_receipt({"id": "m-1", "status": word, "error": "27"}, read_options({}))
    assert (found.status, found.raw_status, found.error) == (DeliveryStatus[status], word, "27")


def test_a_receipt_may_know_only_our_own_id() -> None:
    options = read_options({"receipt": {"our_id": "ref"}})
    found = read_receipt({"ref": "our-1", "status": "sent"}, options)
    assert (found.provider_message_id, found.our_id) == ("our-1", "our-1")


SPEAKING = {"kind": "kind", "starts": ["new"], "ends": ["over"], "style": "last", "request": "n", "code": "code"}


@given(found=forms("sessionId", "phoneNumber", "text", "kind", "n", "code", "id", "from", "status"))
def test_no_parameters_whatever_break_the_reading(found: dict[str, str]) -> None:
    options = read_options({"ussd": SPEAKING})
    for read in (read_inbound, read_receipt):
        with suppress(Malformed):
            assert read(found, options).provider_message_id
    with suppress(Malformed):
        assert read_ussd(found, options, "*1#").session_id


@given(text=st.text(max_size=182))
def test_a_screen_in_json_is_read_back_whole(text: str) -> None:
    body = '{"m": "{text}", "go_on": {mark}, "s": "{session}"}'
    options = read_options(
        {"ussd": {"type": "application/json", "body": body, "continues": "true", "finishes": "false"}}
    )
    written = json.loads(write_ussd(Screen(text, ends=True), 's"1', NUMBER, options))
    assert written == {"m": text, "go_on": False, "s": 's"1'}
