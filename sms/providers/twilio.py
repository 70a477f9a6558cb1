"""Twilio: messages in and out by SMS and WhatsApp, and receipts.

Sources: Twilio's messaging webhook and message resource pages, its error dictionary, and the SDK (twilio 9.13).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import requests
from twilio.base.exceptions import TwilioRestException, TwilioServiceException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client
from twilio.rest.api.v2010.account.message import MessageInstance

from sms.forms import optional, required
from sms.message import (
    Accepted,
    DeliveryReceipt,
    DeliveryStatus,
    InboundSms,
    Kind,
    Malformed,
    Media,
    OptOutWord,
    OutboundSms,
    Refused,
    SendResult,
    Unknown,
)
from sms.numbers import is_e164
from sms.providers.transport import TimeLimits, checked_base, credential, result_of, session
from sms.providers.verdicts import RUBBISH, Verdict, by_status, result
from sms.text import clean

ANSWER_BODY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
ANSWER_TYPE = "text/xml"
"""What a webhook answers, with 200: any other type, or none, is Twilio's error 11200."""

OUR_ID = "m"
"""The query parameter of a receipts address that carries our own message id."""

STATUSES = {
    "accepted": DeliveryStatus.accepted,
    "scheduled": DeliveryStatus.accepted,
    "queued": DeliveryStatus.accepted,
    "sending": DeliveryStatus.accepted,
    "sent": DeliveryStatus.sent,
    "partially_delivered": DeliveryStatus.sent,
    "delivered": DeliveryStatus.delivered,
    "read": DeliveryStatus.delivered,
    "undelivered": DeliveryStatus.failed,
    "failed": DeliveryStatus.failed,
    "canceled": DeliveryStatus.failed,
}

ERRORS = {
    "20003": Verdict.OUR_ACCOUNT,
    "20429": Verdict.LATER,  # too many requests
    "21211": Verdict.NEVER,  # not a number
    "21610": Verdict.STOPPED,
    "21611": Verdict.LATER,  # the sender's queue is full
    "21614": Verdict.NEVER,  # not a mobile
    "21617": Verdict.NEVER,  # longer than 1600 characters
    "30003": Verdict.LATER,  # unreachable: off, or out of reach
    "30004": Verdict.NEVER,  # blocked
    "30006": Verdict.NEVER,  # a landline
    "30018": Verdict.NOT_AS_IT_STANDS,  # the sender is not registered there
    "63018": Verdict.LATER,  # the channel's rate limit
}

API = "https://api.twilio.com"
_WHATSAPP = "whatsapp:"
_SERVICE = re.compile("MG[0-9a-f]{32}")
_MOST_MEDIA = 10
_SILENT = logging.Logger("silent", logging.CRITICAL + 1)
"""Outside the tree of loggers: no configuration can make the SDK write each request's address and headers."""


class Twilio:
    """Sends through Twilio's REST API. Safe to share between threads."""

    name = "twilio"

    def __init__(
        self, account_sid: str, auth_token: str, api_base: str | None = None, limits: TimeLimits | None = None
    ) -> None:
        """`api_base` (scheme, host and port only) replaces Twilio's own. Raises ValueError on unusable values."""
        self._account = credential("account_sid", account_sid)
        self._token = credential("auth_token", auth_token)
        self._base = checked_base(api_base, API)
        self._session = session(limits or TimeLimits())

    def send(self, message: OutboundSms) -> SendResult:
        """Create the message at Twilio. A late or broken answer is Unknown: creating has no idempotency key."""
        if not is_e164(message.to):
            return Refused("21211", "not a number in E.164", permanent=True)
        try:
            return _taken(self._client().messages.create(**_fields(message)))
        except (TwilioRestException, TwilioServiceException) as error:
            return _refusal(error)
        except requests.RequestException as failure:
            return result_of(failure)
        except UnicodeEncodeError:
            return Refused("unencodable", "the text holds half a surrogate pair", permanent=True)
        except RUBBISH:
            return Unknown("an answer that is no message")

    def _client(self) -> Client:
        """A client for one message: the SDK's HTTP client hands out its answer from a field that threads share."""
        http = TwilioHttpClient(pool_connections=False, logger=_SILENT)
        http.session = self._session
        client = Client(self._account, self._token, http_client=http)
        client.edge = client.region = None  # taken from the environment otherwise, and they rewrite the host
        client.api.base_url = self._base
        return client


def _fields(message: OutboundSms) -> dict[str, str | None]:
    prefix = _WHATSAPP if message.kind == "whatsapp" else ""
    return {
        "to": prefix + message.to,
        **_from(message.sender, prefix),
        "body": message.text,
        "status_callback": message.receipts_url and _with_our_id(message.receipts_url, message.id),
    }


def _from(sender: str | None, prefix: str) -> dict[str, str]:
    if sender is None:
        return {}
    return {"messaging_service_sid": sender} if _SERVICE.fullmatch(sender) else {"from_": prefix + sender}


def _with_our_id(url: str, our_id: str) -> str:
    parts = urlsplit(url)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != OUR_ID]
    return urlunsplit(parts._replace(query=urlencode([*query, (OUR_ID, our_id)])))


def _taken(created: MessageInstance) -> SendResult:
    if created.error_code:
        return judge(str(created.error_code), str(created.error_message or ""))
    if not isinstance(created.sid, str) or not created.sid:
        return Unknown("an answer without a message id")
    segments = int(created.num_segments or 0) or None
    cost = f"{created.price} {created.price_unit or ''}".strip() if created.price else None
    return Accepted(created.sid, segments, cost)


def _refusal(error: TwilioRestException | TwilioServiceException) -> SendResult:
    explanation = error.msg if isinstance(error, TwilioRestException) else error.title
    status = error.status if isinstance(error.status, int) else 0  # an RFC 9457 answer states it in its body
    return judge(str(error.code), str(explanation), by_status(status))


def judge(code: str, explanation: str, otherwise: Verdict = Verdict.NOT_AS_IT_STANDS) -> SendResult:
    """What an error code means, in the answer to a send or in a receipt; `otherwise` for codes not in ERRORS."""
    return result(ERRORS.get(code, otherwise), code, explanation)


def read_inbound(form: Mapping[str, str]) -> InboundSms:
    """A message from a person. Raises Malformed without an id, a sender or a recipient."""
    return InboundSms(
        provider_message_id=required(form, "MessageSid", "SmsMessageSid", "SmsSid"),
        sender=_address(form, "From", "ExternalUserId"),
        recipient=_address(form, "To"),
        text=clean(form.get("Body") or form.get("ButtonText") or ""),
        media=tuple(_media(form)),
        opt_out=_opt_out_word(form.get("OptOutType")),
        kind=_kind(form),
    )


def _address(form: Mapping[str, str], *names: str) -> str:
    """The first address given, without its channel. WhatsApp can hide a number: another id tells who it is then."""
    for name in names:
        if bare := _bare(optional(form, name) or ""):
            return bare
    raise Malformed(names[0])


def _bare(address: str) -> str:
    return address[len(_WHATSAPP) :].strip() if address.lower().startswith(_WHATSAPP) else address


def _kind(form: Mapping[str, str]) -> Kind:
    addresses = ((form.get(name) or "").strip().lower() for name in ("From", "To"))
    return "whatsapp" if any(address.startswith(_WHATSAPP) for address in addresses) else "sms"


def _media(form: Mapping[str, str]) -> Iterator[Media]:
    for position in range(_MOST_MEDIA):
        url = (form.get(f"MediaUrl{position}") or "").strip()
        if url.startswith(("https://", "http://")) and url.isprintable():
            yield Media(url, optional(form, f"MediaContentType{position}") or "application/octet-stream")


def _opt_out_word(given: str | None) -> OptOutWord | None:
    match (given or "").strip().upper():
        case "STOP":
            return "stop"
        case "START":
            return "start"
        case "HELP":
            return "help"
    return None


def read_receipt(form: Mapping[str, str], our_id: str | None = None) -> DeliveryReceipt:
    """What became of a message; `our_id` is the callback's query parameter OUR_ID.

    Raises Malformed without an id or a status.
    """
    raw_status = required(form, "MessageStatus", "SmsStatus")
    return DeliveryReceipt(
        provider_message_id=required(form, "MessageSid", "SmsSid"),
        our_id=our_id or None,
        status=STATUSES.get(raw_status.lower(), DeliveryStatus.unknown_status),
        raw_status=raw_status,
        error=optional(form, "ErrorCode"),
    )
