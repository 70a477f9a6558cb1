"""How an aggregator speaks, as data: the names of its parameters, its words, and the request that sends a text.

Everything has a default, so that options say only what is different. Names of parameters may be paths into JSON,
with dots and positions (`messages.0.status`). docs/aggregators.md has two examples in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

from sms.message import DeliveryStatus
from sms.providers.templates import FORM
from sms.providers.verdicts import Verdict

STYLES = ("cumulative", "dialled", "last")

ACCEPTED = "accepted"

VERDICTS = {
    "later": Verdict.LATER,
    "account": Verdict.OUR_ACCOUNT,
    "refused": Verdict.NOT_AS_IT_STANDS,
    "never": Verdict.NEVER,
    "stopped": Verdict.STOPPED,
    "unknown": Verdict.NOBODY_KNOWS,
}
"""The words for what a code means, beside `accepted`: put the message off · our account is at fault · not as it
stands · never · the person has stopped us · nobody knows."""


class BadOptions(ValueError):
    """The options of a channel are unusable; the message names the place and never a value."""


@dataclass(frozen=True)
class InboundNames:
    """Parameters of a message from a person. `ref`, `part` and `parts` name those of one that comes in parts: what
    its parts have in common, the number of this one from 1, and how many there are."""

    id: str = "id"
    sender: str = "from"
    recipient: str = "to"
    text: str = "text"
    ref: str = ""
    part: str = ""
    parts: str = ""


@dataclass(frozen=True)
class ReceiptNames:
    """Parameters of a delivery receipt. `statuses` (small letters) map to accepted, sent, failed or delivered;
    `our_id` names the parameter that carries our own id back, where one does."""

    id: str = "id"
    our_id: str = ""
    status: str = "status"
    error: str = "error"
    statuses: Mapping[str, str] = field(
        default_factory=lambda: {"sent": "sent", "delivered": "delivered", "failed": "failed"}
    )


@dataclass(frozen=True)
class Reply:
    """What a webhook answers to a message or a receipt, with 200."""

    type: str = "text/plain"
    body: str = "OK"


@dataclass(frozen=True)
class Ussd:
    """Parameters of a USSD request and the shape of its answer.

    `kind` names the parameter whose values `starts` and `ends` (small letters) tell a session's start and end;
    `body` has the gaps {text}, {mark} (`continues` or `finishes`), {session} and {number}.
    """

    session: str = "sessionId"
    number: str = "phoneNumber"
    code: str = "serviceCode"
    text: str = "text"
    style: str = "cumulative"
    request: str = ""
    kind: str = ""
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    outcome: str = "status"
    type: str = "text/plain"
    body: str = "{mark}{text}"
    continues: str = "CON "
    finishes: str = "END "


@dataclass(frozen=True)
class Send:
    """The request that sends a text, and how its answer is read.

    `url`, `headers` and `body` have the gaps {to} (E.164), {to_digits} (without plus), {text}, {sender}, {id},
    {receipts_url} and the names of the channel's credentials. `answer` is json or text, whose words count from 0.
    `codes` maps the value at `code` to `accepted` or a word of VERDICTS, `otherwise` is for all others.
    """

    url: str = ""
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)
    type: str = FORM
    body: str = ""
    answer: str = "json"
    id: str = ""
    code: str = ""
    reason: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    otherwise: str = "unknown"


@dataclass(frozen=True)
class HttpOptions:
    """One channel's options. `methods` are the HTTP methods that its webhooks take."""

    methods: tuple[str, ...] = ("POST",)
    inbound: InboundNames = InboundNames()
    receipt: ReceiptNames = field(default_factory=ReceiptNames)
    reply: Reply = Reply()
    ussd: Ussd = Ussd()
    send: Send | None = None


_PARTS: dict[str, type] = {
    "inbound": InboundNames,
    "receipt": ReceiptNames,
    "reply": Reply,
    "ussd": Ussd,
    "send": Send,
}

_Part = TypeVar("_Part")


def read_options(data: Mapping[str, Any]) -> HttpOptions:
    """The options that this JSON object says. Raises BadOptions."""
    parts = {name: _read(_PARTS[name], part, name) for name, part in data.items() if name in _PARTS}
    options = _read(HttpOptions, {**data, **parts}, "options")
    _check_words("methods", options.methods, ("GET", "POST"))
    _check_words("ussd.style", (options.ussd.style,), STYLES)
    _check_words("receipt.statuses", options.receipt.statuses.values(), DeliveryStatus.__members__)
    if options.send is not None:
        _check_send(options.send)
    return options


def _check_send(send: Send) -> None:
    _check_words("send.method", (send.method,), ("GET", "POST"))
    _check_words("send.answer", (send.answer,), ("json", "text"))
    _check_words("send.codes", (*send.codes.values(), send.otherwise), (ACCEPTED, *VERDICTS))
    if not send.url.startswith(("https://", "http://")):
        raise BadOptions("send.url must begin with https:// or http://")


def _check_words(place: str, given: Any, known: Any) -> None:
    if any(word not in known for word in given):
        raise BadOptions(f"{place} may say {', '.join(known)}")


def _read(part: type[_Part], data: Any, place: str) -> _Part:
    if not isinstance(data, Mapping):
        raise BadOptions(f"{place} must be an object")
    unknown = data.keys() - {known.name for known in fields(part)}  # type: ignore[arg-type]
    if unknown:
        raise BadOptions(f"{place} knows no {min(map(str, unknown))}")
    plain = part()
    return part(**{name: _like(getattr(plain, name), value, f"{place}.{name}") for name, value in data.items()})


def _like(default: Any, value: Any, place: str) -> Any:
    """The value, if it has the shape of the default: a text, a list of texts, texts by name, or a part."""
    if isinstance(default, tuple) and isinstance(value, list | tuple) and _are_texts(value):
        return tuple(value)
    if isinstance(default, Mapping) and isinstance(value, Mapping) and _are_texts(value.values()):
        return dict(value)
    if (isinstance(default, str) and isinstance(value, str)) or type(value) in _PARTS.values():
        return value
    raise BadOptions(f"{place} has the wrong shape")


def _are_texts(values: Iterable[Any]) -> bool:
    return all(isinstance(value, str) for value in values)
