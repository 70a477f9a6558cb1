"""Any aggregator that speaks HTTP: its parameters, its words and its send request are data (`http_options`).

It signs nothing that we could check: a secret in the callback's path, and Basic auth where it can do that.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import requests

from sms.forms import optional, required
from sms.message import (
    Accepted,
    DeliveryReceipt,
    DeliveryStatus,
    InboundSms,
    OutboundSms,
    Part,
    Refused,
    SendResult,
)
from sms.message import Unknown as NobodyKnows
from sms.numbers import is_e164
from sms.providers.http_options import ACCEPTED, VERDICTS, HttpOptions, InboundNames, Send
from sms.providers.templates import fill, for_type, for_url
from sms.providers.transport import result_of
from sms.providers.verdicts import RUBBISH, by_status, result
from sms.text import clean
from sms.ussd.answers import read_text
from sms.ussd.message import Screen, UssdEnd, UssdRequest

MOST_FIELDS = 500
"""Values taken from one request or answer; the largest seen has under fifty."""

MOST_PARTS = 255
"""What fits the octet that tells the number of parts (3GPP TS 23.040, 9.2.3.24.1)."""

_WORDS = re.compile(r"[^\s:;,|=]+")


class Http:
    """Sends through one channel's aggregator. Safe to share between threads, as its session is."""

    name = "http"

    def __init__(self, send: Send, credentials: Mapping[str, str], session: requests.Session) -> None:
        """`credentials` fill gaps of their names; `session` keeps to the time limits (`transport.session`)."""
        self._send = send
        self._credentials = credentials
        self._session = session

    def send(self, message: OutboundSms) -> SendResult:
        """Send to one number. A late or broken answer is Unknown: the aggregator may have taken it."""
        if not is_e164(message.to):
            return Refused("number", "not a number in E.164", permanent=True)
        try:
            answer = self._request(message)
        except requests.RequestException as failure:
            return result_of(failure)
        try:
            return self._read(answer, message)
        except RUBBISH:
            return NobodyKnows("an answer that cannot be read")

    def _request(self, message: OutboundSms) -> requests.Response:
        send, values = self._send, self._values(message)
        body = fill(send.body, values, for_type(send.type)).encode("utf-8", "replace")
        headers = {name: fill(value, values) for name, value in send.headers.items()}
        url = fill(send.url, values, for_url)
        if body:
            headers = {"Content-Type": send.type, **headers}
        return self._session.request(send.method, url, headers=headers, data=body or None, allow_redirects=False)

    def _values(self, message: OutboundSms) -> dict[str, str]:
        return {
            **self._credentials,
            "to": message.to,
            "to_digits": message.to.removeprefix("+"),
            "text": message.text,
            "sender": message.sender or "",
            "id": message.id,
            "receipts_url": message.receipts_url or "",
        }

    def _read(self, answer: requests.Response, message: OutboundSms) -> SendResult:
        found = _fields_of(answer, self._send)
        code = found.get(self._send.code, "") if self._send.code else ""
        word = self._word(code, 200 <= answer.status_code < 300)
        if word is None:
            return result(by_status(answer.status_code), str(answer.status_code), found.get(self._send.reason, ""))
        if word == ACCEPTED:
            return Accepted(found.get(self._send.id) or message.id)
        return result(VERDICTS[word], code or str(answer.status_code), found.get(self._send.reason, ""))

    def _word(self, code: str, is_success: bool) -> str | None:
        """What the answer means; None where only its HTTP status says so."""
        word = self._send.codes.get(code)
        if not is_success:
            return None if word == ACCEPTED else word
        return word or (self._send.otherwise if self._send.code else ACCEPTED)


def _fields_of(answer: requests.Response, send: Send) -> dict[str, str]:
    if send.answer == "text":
        return {str(position): word for position, word in enumerate(_WORDS.findall(answer.text)[:MOST_FIELDS])}
    try:
        return flat(answer.json())
    except ValueError:
        if 200 <= answer.status_code < 300 and (send.code or send.id):
            raise
        return {}


def flat(data: Any) -> dict[str, str]:
    """The values of a JSON document by their paths (`messages.0.status`), the first MOST_FIELDS of them.

    Raises RecursionError for a document that is nested as no aggregator's is.
    """
    return dict(pair for pair, _ in zip(_walk(data, ""), range(MOST_FIELDS), strict=False))


def _walk(data: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        inside = data.items()
    elif isinstance(data, list):
        inside = enumerate(data)
    else:
        yield path, _said(data)
        return
    for name, value in inside:
        yield from _walk(value, f"{path}.{name}" if path else str(name))


def _said(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value)


def read_inbound(found: Mapping[str, str], options: HttpOptions) -> InboundSms:
    """A message from a person. Raises Malformed without an id or a sender."""
    names = options.inbound
    return InboundSms(
        provider_message_id=required(found, names.id),
        sender=required(found, names.sender),
        recipient=optional(found, names.recipient) or "",
        text=clean(found.get(names.text) or ""),
        part=_part(found, names),
    )


def _part(found: Mapping[str, str], names: InboundNames) -> Part | None:
    """Which part of a long message it is; None for a whole one, and where the numbers make no sense."""
    given = [optional(found, name) if name else None for name in (names.ref, names.part, names.parts)]
    ref, number, total = given
    if not (ref and number and total and number.isdecimal() and total.isdecimal()):
        return None
    part = Part(ref, int(number), int(total))
    return part if 1 <= part.number <= part.total <= MOST_PARTS and part.total > 1 else None


def read_receipt(found: Mapping[str, str], options: HttpOptions) -> DeliveryReceipt:
    """What became of a message. Raises Malformed without an id (theirs, else ours) or a status."""
    names = options.receipt
    raw_status = required(found, names.status)
    our_id = optional(found, names.our_id) if names.our_id else None
    word = names.statuses.get(raw_status.lower(), DeliveryStatus.unknown_status.name)
    return DeliveryReceipt(
        provider_message_id=optional(found, names.id) or our_id or required(found, names.id),
        our_id=our_id,
        status=DeliveryStatus[word],
        raw_status=raw_status,
        error=optional(found, names.error),
    )


def read_ussd(found: Mapping[str, str], options: HttpOptions, service_code: str) -> UssdRequest | UssdEnd:
    """A step of a session, or its end where the aggregator says so on the same address. Raises Malformed."""
    names = options.ussd
    kind = (found.get(names.kind) or "").strip().lower() if names.kind else ""
    if kind and kind in names.ends:
        return UssdEnd(required(found, names.session), kind)
    return UssdRequest(
        session_id=required(found, names.session),
        number=required(found, names.number),
        text=read_text(found, names.text),
        service_code=optional(found, names.code) or service_code,
        style=names.style,  # type: ignore[arg-type]
        is_start=kind in names.starts if names.kind else None,
        request_id=optional(found, names.request) if names.request else None,
    )


def read_ussd_end(found: Mapping[str, str], options: HttpOptions) -> UssdEnd:
    """The notice that a session is over. Raises Malformed without session or outcome."""
    return UssdEnd(required(found, options.ussd.session), required(found, options.ussd.outcome).lower())


def write_ussd(screen: Screen, session_id: str, number: str, options: HttpOptions) -> str:
    """The body of the answer to a USSD request."""
    ussd = options.ussd
    values = {
        "text": screen.text,
        "mark": ussd.finishes if screen.ends else ussd.continues,
        "session": session_id,
        "number": number,
    }
    return fill(ussd.body, values, for_type(ussd.type))
