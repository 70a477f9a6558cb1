"""Requests as Africa's Talking makes them (contracts, providers): forms to an address with a secret in its path."""

from __future__ import annotations

import secrets
import uuid
from datetime import UTC, datetime

from app.channels.simulator.wire import Call, Caller, Fault, NotAvailable, Receipt, WireRequest, secret_path

NETWORKS = {"KE": "63902", "NG": "62130", "GH": "62001", "ZA": "65501"}
"""Mobile country and network code (ITU-T E.212) of one network in each country where the provider works."""

STATUSES = {
    "sent": {"status": "Sent"},
    "delivered": {"status": "Success"},
    "failed": {"status": "Failed", "failureReason": "DeliveryFailure"},
}


def photo(_caller: Caller, _text: str, _fault: Fault) -> WireRequest:
    """Only Twilio carries photos."""
    raise NotAvailable("photo")


def inbound(caller: Caller, text: str, fault: Fault) -> WireRequest:
    fields = {
        "id": str(uuid.uuid4()),
        "linkId": "",
        "from": caller.sender,
        "to": caller.channel.address,
        "text": text,
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S"),
        "networkCode": _network(caller),
    }
    return _to(caller, "inbound", fields, fault)


def opt_out(caller: Caller, fault: Fault) -> WireRequest:
    """The network's own opt-out reaches us at an address of its own."""
    fields = {"senderId": caller.channel.address, "phoneNumber": caller.phone.number}
    return _to(caller, "opt-out", fields, fault)


def receipt(caller: Caller, receipt: Receipt, fault: Fault) -> WireRequest:
    """A delivery report. It knows our message by Africa's Talking's id only, so not before it was handed over."""
    if receipt.status not in STATUSES:
        raise NotAvailable(receipt.status)
    known = receipt.message.provider_message_id if receipt.message else f"ATXid_{secrets.token_hex(16)}"
    if known is None:
        raise NotAvailable("receipt")
    fields = {"id": known, "phoneNumber": caller.phone.number, "networkCode": _network(caller), "retryCount": "0"}
    return _to(caller, "receipts", fields | STATUSES[receipt.status], fault)


def dial(caller: Caller, call: Call, fault: Fault) -> WireRequest:
    """One step of a USSD session: the whole path so far, joined by `*`, back keys included."""
    text = "*".join(call.inputs(caller.channel.address))
    return _to(caller, "inbound", _session(caller, call) | {"text": text}, fault)


def hang_up(caller: Caller, call: Call, fault: Fault) -> WireRequest:
    """The notice that a session has ended before we ended it."""
    inputs = call.inputs(caller.channel.address)
    fields = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S"),
        "status": "Incomplete",
        "cost": "0.10",
        "durationInMillis": str(call.seconds * 1000),
        "hopsCount": str(len(call.answers) + 1),
        "input": "*".join(inputs),
        "lastAppResponse": call.screen,
        "errorMessage": "The user ended the session",
    }
    return _to(caller, "end", _session(caller, call) | fields, fault)


def _session(caller: Caller, call: Call) -> dict[str, str]:
    return {
        "sessionId": call.session,
        "serviceCode": caller.channel.address,
        "phoneNumber": caller.sender,
        "networkCode": _network(caller),
    }


def _to(caller: Caller, action: str, fields: dict[str, str], fault: Fault) -> WireRequest:
    return WireRequest(secret_path(caller.channel, action, fault), fields)


def _network(caller: Caller) -> str:
    return NETWORKS.get(caller.channel.country, "")
