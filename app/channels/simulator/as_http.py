"""Requests of an aggregator whose parameters are data: by its channel's options (docs/aggregators.md)."""

from __future__ import annotations

import base64
import uuid
from dataclasses import replace

from app.channels.simulator.wire import (
    FORM,
    JSON,
    Call,
    Caller,
    Fault,
    NotAvailable,
    Receipt,
    WireRequest,
    secret_path,
)
from app.directory.channels import Channel
from sms.providers.http_options import HttpOptions, ReceiptNames, Ussd, read_options


def photo(_caller: Caller, _text: str, _fault: Fault) -> WireRequest:
    """Only Twilio carries photos."""
    raise NotAvailable("photo")


def inbound(caller: Caller, text: str, fault: Fault) -> WireRequest:
    names = _options(caller).inbound
    fields = {
        names.id: str(uuid.uuid4()),
        names.sender: caller.sender,
        names.recipient: caller.channel.address,
        names.text: text,
    }
    return _to(caller, "inbound", fields, fault)


def opt_out(_caller: Caller, _fault: Fault) -> WireRequest:
    """What an aggregator's opt-out looks like is not among its options: people text STOP."""
    raise NotAvailable("opt-out")


def receipt(caller: Caller, receipt: Receipt, fault: Fault) -> WireRequest:
    """A delivery report, with the aggregator's id of our message, and with our own where it carries that."""
    names = _options(caller).receipt
    fields = {**_ids(names, receipt), names.status: _status_word(names, receipt.status)}
    why = {names.error: "unreachable"} if receipt.status == "failed" else {}
    return _to(caller, "receipts", {**fields, **why}, fault)


def dial(caller: Caller, call: Call, fault: Fault) -> WireRequest:
    """One step of a session, its text in the aggregator's own style."""
    ussd = _options(caller).ussd
    inputs = call.inputs(caller.channel.address)
    fields = {
        **_session(caller, call, ussd),
        ussd.code: caller.channel.address,
        ussd.text: _text(ussd.style, caller.channel.address, call, inputs),
        ussd.request: str(uuid.uuid4()),
        **({ussd.kind: ussd.starts[0]} if ussd.starts and not call.answers else {}),
    }
    made = _to(caller, "inbound", fields, fault)
    return replace(made, continues=ussd.continues, ends=ussd.finishes)


def hang_up(caller: Caller, call: Call, fault: Fault) -> WireRequest:
    """That a session is over: on the address of its steps where the aggregator says it there, else on its own."""
    ussd = _options(caller).ussd
    fields = _session(caller, call, ussd)
    if ussd.kind and ussd.ends:
        return _to(caller, "inbound", {**fields, ussd.kind: ussd.ends[0]}, fault)
    return _to(caller, "end", {**fields, ussd.outcome: "incomplete"}, fault)


def _ids(names: ReceiptNames, receipt: Receipt) -> dict[str, str]:
    """Raises NotAvailable when the aggregator cannot know the message yet."""
    message = receipt.message
    if message is None:
        return {names.id: str(uuid.uuid4())}
    ids = {names.id: message.provider_message_id, names.our_id: str(message.id)}
    known = {name: value for name, value in ids.items() if name and value}
    if not known:
        raise NotAvailable("receipt")
    return known


def _status_word(names: ReceiptNames, status: str) -> str:
    words = [word for word, meaning in names.statuses.items() if meaning == status]
    if not words:
        raise NotAvailable(status)
    return words[0]


def _session(caller: Caller, call: Call, ussd: Ussd) -> dict[str, str]:
    return {ussd.session: call.session, ussd.number: caller.sender}


def _text(style: str, code: str, call: Call, inputs: tuple[str, ...]) -> str:
    match style:
        case "last":
            return call.answers[-1] if call.answers else call.dialled
        case "dialled":
            return "*".join((code.removesuffix("#"), *inputs)) + "#"
    return "*".join(inputs)


def _to(caller: Caller, action: str, fields: dict[str, str], fault: Fault) -> WireRequest:
    """A form, or JSON where names are paths; in the address where only GET is taken."""
    named = {name: value for name, value in fields.items() if name}
    encoded_as = JSON if any("." in name for name in named) else FORM
    made = WireRequest(secret_path(caller.channel, action, fault), named, {"Content-Type": encoded_as})
    if "POST" not in _options(caller).methods:
        made = replace(made, method="GET", headers={})
    return _let_in(made, caller.channel)


def _let_in(made: WireRequest, channel: Channel) -> WireRequest:
    user, password = (channel.credentials.get(name, "") for name in ("user", "password"))
    if not (user and password):
        return made
    return made.with_header("Authorization", "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode())


def _options(caller: Caller) -> HttpOptions:
    return read_options(caller.channel.options)
