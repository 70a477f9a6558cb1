"""Requests as Twilio makes them (contracts, providers): a form, signed over the external address and its fields."""

from __future__ import annotations

import secrets
from urllib.parse import urlencode

from flask import current_app
from twilio.request_validator import SIGNATURE_HEADER, RequestValidator

from app.channels.simulator.pictures import new_address
from app.channels.simulator.wire import FORGED, Call, Caller, Fault, NotAvailable, Receipt, WireRequest
from app.directory.channels import Channel
from sms.numbers import country_of
from sms.providers.twilio import OUR_ID
from sms.segments import count

API_VERSION = "2010-04-01"

STATUSES = {"sent": "sent", "delivered": "delivered", "failed": "undelivered"}
UNREACHABLE = "30003"
"""The telephone is off or out of reach."""


def inbound(caller: Caller, text: str, fault: Fault) -> WireRequest:
    return _signed(caller.channel, caller.channel.path("inbound"), _message(caller, text), fault)


def photo(caller: Caller, text: str, fault: Fault) -> WireRequest:
    """A picture, perhaps with words: Twilio keeps it, and says where."""
    if caller.channel.kind != "whatsapp":
        raise NotAvailable("photo")
    media = {"NumMedia": "1", "MediaUrl0": new_address(), "MediaContentType0": "image/jpeg"}
    return _signed(caller.channel, caller.channel.path("inbound"), _message(caller, text) | media, fault)


def opt_out(caller: Caller, fault: Fault) -> WireRequest:
    """Twilio intercepts STOP, silences the sender itself, and says so in a field of the message."""
    fields = _message(caller, "STOP") | {"OptOutType": "STOP"}
    return _signed(caller.channel, caller.channel.path("inbound"), fields, fault)


def receipt(caller: Caller, receipt: Receipt, fault: Fault) -> WireRequest:
    """A status callback, at the address given with the message: our own id stands in its query."""
    if receipt.status not in STATUSES:
        raise NotAvailable(receipt.status)
    message = receipt.message
    query = "?" + urlencode({OUR_ID: str(message.id)}) if message else ""
    sid = (message.provider_message_id if message else None) or _sid("SM")
    return _signed(caller.channel, caller.channel.path("receipts") + query, _status(caller, sid, receipt), fault)


def dial(_caller: Caller, _call: Call, _fault: Fault) -> WireRequest:
    """Twilio has no USSD."""
    raise NotAvailable("ussd")


hang_up = dial


def _message(caller: Caller, text: str) -> dict[str, str]:
    sid = _sid("SM")
    return {
        "MessageSid": sid,
        "SmsMessageSid": sid,
        "SmsSid": sid,
        "AccountSid": caller.channel.account or _sid("AC"),
        "From": _as_shown(caller, caller.sender),
        "To": _as_shown(caller, caller.channel.address),
        "Body": text,
        "NumMedia": "0",
        "NumSegments": str(count(text).parts),
        "SmsStatus": "received",
        "FromCountry": country_of(caller.sender) or "",
        "ToCountry": caller.channel.country,
        "ApiVersion": API_VERSION,
    }


def _status(caller: Caller, sid: str, receipt: Receipt) -> dict[str, str]:
    status = STATUSES[receipt.status]
    fields = {
        "MessageSid": sid,
        "SmsSid": sid,
        "AccountSid": caller.channel.account or _sid("AC"),
        "MessageStatus": status,
        "SmsStatus": status,
        "From": _as_shown(caller, caller.channel.address),
        "To": _as_shown(caller, caller.phone.number),
        "ApiVersion": API_VERSION,
    }
    return fields | ({"ErrorCode": UNREACHABLE} if receipt.status == "failed" else {})


def _as_shown(caller: Caller, address: str) -> str:
    return f"whatsapp:{address}" if caller.channel.kind == "whatsapp" else address


def _signed(channel: Channel, path: str, fields: dict[str, str], fault: Fault) -> WireRequest:
    if fault is Fault.WRONG_SECRET:
        raise NotAvailable("secret")
    url = current_app.extensions["settings"].public_url + path
    right = RequestValidator(channel.secret).compute_signature(url, fields)
    signature = FORGED if fault is Fault.FORGED_SIGNATURE else right
    return WireRequest(path, fields).with_header(SIGNATURE_HEADER, signature)


def _sid(kind: str) -> str:
    return kind + secrets.token_hex(16)
