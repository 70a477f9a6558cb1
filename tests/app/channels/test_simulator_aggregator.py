"""What the simulator sends for an aggregator is what that aggregator's own options make us read."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from app.channels.simulator import as_http
from app.channels.simulator.phones import Phone
from app.channels.simulator.received import Received
from app.channels.simulator.wire import Call, Caller, Fault, NotAvailable, Receipt, WireRequest, nested
from app.directory.channels import Channel
from sms.message import DeliveryStatus
from sms.providers.http import flat, read_inbound, read_receipt, read_ussd, read_ussd_end
from sms.providers.http_options import read_options
from sms.ussd.message import UssdEnd, UssdRequest

NUMBER, CODE = "+221990000001", "*212*35711#"
FLAT = {"inbound": {"id": "msgid", "sender": "msisdn", "recipient": "shortcode", "text": "content"}}
DEEP = {"inbound": {"id": "results.0.id", "sender": "results.0.from", "text": "results.0.body.text"}}
BY_GET = {"methods": ["GET"]}


def a_caller(options: Mapping[str, Any], kind: str = "sms", **rest: Any) -> Caller:
    address = CODE if kind == "ussd" else "21200"
    channel = Channel("http-test", "http", kind, "SN", address, "path-secret", options=options, **rest)
    return Caller(channel, Phone(NUMBER, datetime.now(UTC)))


def a_message(provider_message_id: str | None = "agg-1") -> Received:
    now = datetime.now(UTC)
    return Received(uuid.uuid4(), "http-test", "words", "sent", None, provider_message_id, now)


def read_ussd_of(made: WireRequest, caller: Caller) -> UssdRequest:
    step = read_ussd(made.fields, read_options(caller.channel.options), CODE)
    assert isinstance(step, UssdRequest)
    return step


@pytest.mark.parametrize("options", [{}, FLAT, DEEP, BY_GET], ids=["plain", "named", "deep", "get"])
def test_a_text_is_read_as_it_was_written(options: Mapping[str, Any]) -> None:
    made = as_http.inbound(a_caller(options), "xale yi amuñu ndox 💧", Fault.NONE)
    read = read_inbound(made.fields, read_options(options))
    assert (read.sender, read.text) == (NUMBER, "xale yi amuñu ndox 💧")
    assert made.path == "/hooks/http/http-test/path-secret/inbound"


def test_names_that_are_paths_travel_as_json() -> None:
    made = as_http.inbound(a_caller(DEEP), "ndox", Fault.NONE)
    assert made.headers["Content-Type"] == "application/json"
    assert '"results": [{"id": ' in made.body


@pytest.mark.parametrize("fields", [{"a.0.b": "1", "a.0.c": "2", "a.1.b": "3"}, {"a": "1", "b.c": "2"}])
def test_a_nested_document_is_flat_again_when_it_is_read(fields: dict[str, str]) -> None:
    assert flat(nested(fields)) == fields


def test_where_only_get_is_taken_the_parameters_stand_in_the_address() -> None:
    made = as_http.inbound(a_caller(BY_GET), "ndox", Fault.NONE)
    assert (made.method, made.headers) == ("GET", {})
    assert "text=ndox" in made.body


def test_credentials_make_basic_auth() -> None:
    made = as_http.inbound(a_caller({}, credentials={"user": "agg", "password": "pass"}), "ndox", Fault.NONE)
    assert made.headers["Authorization"] == "Basic YWdnOnBhc3M="


@pytest.mark.parametrize("status", ["sent", "delivered", "failed"])
def test_a_receipt_says_the_aggregators_word_for_the_state(status: str) -> None:
    options = {
        "receipt": {"status": "dlr", "our_id": "ref", "statuses": {"0": "sent", "1": "delivered", "8": "failed"}}
    }
    message = a_message()
    read = read_receipt(
        as_http.receipt(a_caller(options), Receipt(status, message), Fault.NONE).fields, read_options(options)
    )
    assert (read.provider_message_id, read.our_id) == ("agg-1", str(message.id))
    assert read.status is DeliveryStatus[status]


def test_a_receipt_needs_an_id_that_the_aggregator_can_know() -> None:
    with pytest.raises(NotAvailable):
        as_http.receipt(a_caller({}), Receipt("delivered", a_message(None)), Fault.NONE)


def test_a_state_that_the_aggregator_has_no_word_for_is_not_sent() -> None:
    options = {"receipt": {"statuses": {"ok": "delivered"}}}
    with pytest.raises(NotAvailable):
        as_http.receipt(a_caller(options), Receipt("failed", a_message()), Fault.NONE)


@pytest.mark.parametrize(
    ("style", "dialled", "answers", "text"),
    [
        ("cumulative", CODE, ("1", "2"), "1*2"),
        ("cumulative", "*212*35711*4#", ("1",), "4*1"),
        ("dialled", CODE, ("1", "2"), "*212*35711*1*2#"),
        ("last", CODE, (), CODE),
        ("last", CODE, ("1", "2"), "2"),
    ],
)
def test_the_path_is_told_in_the_aggregators_style(
    style: str, dialled: str, answers: tuple[str, ...], text: str
) -> None:
    caller = a_caller({"ussd": {"style": style}}, kind="ussd")
    step = read_ussd_of(as_http.dial(caller, Call("s-1", dialled, answers), Fault.NONE), caller)
    assert (step.session_id, step.number, step.service_code) == ("s-1", NUMBER, CODE)
    assert (step.style, step.text) == (style, text)


def test_a_start_is_marked_where_the_aggregator_marks_it() -> None:
    caller = a_caller({"ussd": {"kind": "type", "starts": ["begin"], "ends": ["release"]}}, kind="ussd")
    first, second = (as_http.dial(caller, Call("s-1", CODE, said), Fault.NONE) for said in ((), ("1",)))
    assert [read_ussd_of(made, caller).is_start for made in (first, second)] == [True, False]


@pytest.mark.parametrize(
    ("ussd", "action"), [({}, "end"), ({"kind": "type", "starts": ["begin"], "ends": ["release"]}, "inbound")]
)
def test_the_end_is_told_where_the_aggregator_tells_it(ussd: dict[str, Any], action: str) -> None:
    caller = a_caller({"ussd": ussd}, kind="ussd")
    made = as_http.hang_up(caller, Call("s-1", CODE), Fault.NONE)
    options = read_options(caller.channel.options)
    read = read_ussd_end(made.fields, options) if action == "end" else read_ussd(made.fields, options, CODE)
    assert made.path.endswith(f"/ussd/http-test/path-secret/{action}")
    assert isinstance(read, UssdEnd)
    assert read.session_id == "s-1"


def test_a_wrong_secret_is_in_the_path_and_a_signature_there_is_none() -> None:
    assert "path-secret" not in as_http.inbound(a_caller({}), "x", Fault.WRONG_SECRET).path
    with pytest.raises(NotAvailable):
        as_http.inbound(a_caller({}), "x", Fault.FORGED_SIGNATURE)


def test_what_an_opt_out_looks_like_is_not_known() -> None:
    with pytest.raises(NotAvailable):
        as_http.opt_out(a_caller({}), Fault.NONE)
