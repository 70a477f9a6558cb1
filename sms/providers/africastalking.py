"""Africa's Talking: text messages in and out, delivery reports and opt-outs.

Sources: Africa's Talking's pages on sending, incoming messages, delivery reports and opt-outs, and its SDK
(africastalking 2.0.3). It signs nothing: check a secret in the callback's path (`sms.signatures.secret_matches`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import requests
from africastalking.SMS import SMSService

from sms.forms import optional, required
from sms.message import (
    Accepted,
    DeliveryReceipt,
    DeliveryStatus,
    InboundSms,
    OptOut,
    OutboundSms,
    Refused,
    SendResult,
    Unknown,
)
from sms.numbers import is_e164
from sms.providers.transport import TimeLimits, checked_base, credential, result_of, session
from sms.providers.verdicts import RUBBISH, Verdict, by_status, result
from sms.text import clean

ANSWER_BODY = "OK"
ANSWER_TYPE = "text/plain"
"""What a webhook answers, with 200."""

STATUSES = {
    "sent": DeliveryStatus.sent,
    "submitted": DeliveryStatus.sent,
    "buffered": DeliveryStatus.sent,
    "success": DeliveryStatus.delivered,
    "rejected": DeliveryStatus.failed,
    "failed": DeliveryStatus.failed,
    "expired": DeliveryStatus.failed,
}

ACCEPTED_CODES = {100, 101, 102}
"""Processed, Sent, Queued."""

ERRORS = {
    401: ("RiskHold", Verdict.NEVER),
    402: ("InvalidSenderId", Verdict.NEVER),
    403: ("InvalidPhoneNumber", Verdict.NEVER),
    404: ("UnsupportedNumberType", Verdict.NEVER),
    405: ("InsufficientBalance", Verdict.LATER),
    406: ("UserInBlacklist", Verdict.STOPPED),
    407: ("CouldNotRoute", Verdict.NOT_AS_IT_STANDS),
    409: ("DoNotDisturbRejection", Verdict.STOPPED),
    500: ("InternalServerError", Verdict.LATER),
    501: ("GatewayError", Verdict.LATER),
    502: ("RejectedByGateway", Verdict.LATER),
}
"""A recipient's status code, or the same word where the whole request was refused. Not HTTP statuses."""

_BY_WORD = {word.lower(): verdict for word, verdict in ERRORS.values()}
_PARTS = re.compile(r"Message parts: (\d{1,3})\b")
_NO_ID = "None"
"""What stands for the message id of a recipient that was refused."""


class _Api(SMSService):
    """The SDK's requests, on a transport that keeps time limits, the HTTP status, and the API key to itself."""

    def __init__(self, username: str, api_key: str, base: str | None, limits: TimeLimits) -> None:
        super().__init__(username, api_key)
        self._session = session(limits)
        if base:
            self._baseUrl = self._contentUrl = checked_base(base, "") + "/version1"

    def _make_request(
        self, url: str, method: str, headers: Any, data: Any, params: Any, **_: Any
    ) -> requests.Response:
        return self._session.request(method, url, headers=headers, data=data, params=params, allow_redirects=False)


class AfricasTalking:
    """Sends through Africa's Talking's messaging API. Safe to share between threads."""

    name = "africastalking"

    def __init__(
        self, username: str, api_key: str, api_base: str | None = None, limits: TimeLimits | None = None
    ) -> None:
        """The username `sandbox` means their sandbox.

        `api_base` (scheme, host and port only) replaces their addresses. Raises ValueError on unusable values.
        """
        self._api = _Api(username, credential("api_key", api_key), api_base, limits or TimeLimits())

    def send(self, message: OutboundSms) -> SendResult:
        """Send to one number. A late or broken answer is Unknown: the API has no idempotency key."""
        if not is_e164(message.to):
            return Refused("InvalidPhoneNumber", "not a number in E.164", permanent=True)
        try:
            return _read_answer(self._request(message))
        except requests.RequestException as failure:
            return result_of(failure)
        except UnicodeEncodeError:
            return Refused("unencodable", "the text holds half a surrogate pair", permanent=True)

    def _request(self, message: OutboundSms) -> requests.Response:
        """With a link id this is the answer to a premium message, which has a call (and an address) of its own."""
        if message.link_id:
            return self._api.send_premium(message.text, message.sender, [message.to], link_id=message.link_id)
        return self._api.send(message.text, [message.to], sender_id=message.sender)


def _read_answer(answer: requests.Response) -> SendResult:
    if not 200 <= answer.status_code < 300:
        return result(by_status(answer.status_code), str(answer.status_code), answer.text)
    try:
        # Read as JSON whatever the type says: it comes with a charset, or as text.
        return _read_data(answer.json()["SMSMessageData"])
    except RUBBISH:
        return Unknown("an answer that is no message data")


def _read_data(data: Mapping[str, Any]) -> SendResult:
    """Raises one of RUBBISH when this is not what was documented."""
    explanation = str(data["Message"])
    recipients = data["Recipients"]
    if not recipients:
        return _judged_by_word(explanation)
    return _read_recipient(recipients[0], explanation)


def _judged_by_word(explanation: str) -> SendResult:
    """201 without recipients is a failure: `Message` says which, in the words of ERRORS."""
    word = explanation.strip()
    verdict = _BY_WORD.get(word.lower(), Verdict.NOT_AS_IT_STANDS)
    return result(verdict, word if word.isalpha() else "NoRecipients", word)


def _read_recipient(recipient: Mapping[str, Any], explanation: str) -> SendResult:
    code = int(recipient["statusCode"])
    if code not in ACCEPTED_CODES:
        word, verdict = ERRORS.get(code, ("UnknownStatusCode", Verdict.NOBODY_KNOWS))
        return result(verdict, str(code), word)
    message_id = recipient["messageId"]
    if not isinstance(message_id, str) or message_id in {"", _NO_ID}:
        return Unknown("an answer without a message id")
    parts = _PARTS.search(explanation)
    return Accepted(message_id, int(parts[1]) if parts else None, _cost(recipient))


def _cost(recipient: Mapping[str, Any]) -> str | None:
    cost = recipient.get("cost")
    return cost if isinstance(cost, str) and cost else None


def read_inbound(form: Mapping[str, str]) -> InboundSms:
    """A message from a person. Raises Malformed without an id, a sender or a recipient."""
    return InboundSms(
        provider_message_id=required(form, "id"),
        sender=required(form, "from"),
        recipient=required(form, "to"),
        text=clean(form.get("text") or ""),
        received_at=_moment(form.get("date")),
        link_id=optional(form, "linkId"),
    )


def _moment(given: str | None) -> datetime | None:
    """`2017-05-03T06:04:45Z` and `2017-05-03 06:04:45` are both in use; without a zone it is UTC."""
    try:
        moment = datetime.fromisoformat((given or "").strip())
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def read_receipt(form: Mapping[str, str]) -> DeliveryReceipt:
    """What became of a message. Our own id never comes back. Raises Malformed without id or status."""
    raw_status = required(form, "status")
    return DeliveryReceipt(
        provider_message_id=required(form, "id"),
        our_id=None,
        status=STATUSES.get(raw_status.lower(), DeliveryStatus.unknown_status),
        raw_status=raw_status,
        error=optional(form, "failureReason"),
    )


def read_opt_out(form: Mapping[str, str]) -> OptOut:
    """A person has left one sender. Raises Malformed without sender or number."""
    return OptOut(sender_id=required(form, "senderId"), number=required(form, "phoneNumber"))
