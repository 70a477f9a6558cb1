"""One request as a provider would make it. The page posts it itself: nothing here speaks to a network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any
from urllib.parse import urlencode

from app.channels.simulator.phones import Phone
from app.channels.simulator.received import Received
from app.directory.channels import Channel

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
WRONG_SECRET = "not-the-secret-of-this-channel"  # noqa: S105 - it is there to be refused
FORGED = "Zm9yZ2VkIGJ5IHRoZSBzaW11bGF0b3I="
"""Base64 as a signature is, of words that are none."""


class Fault(Enum):
    """What is wrong with a request on purpose, so that one can see it refused."""

    NONE = ""
    FORGED_SIGNATURE = "signature"
    WRONG_SECRET = "secret"  # noqa: S105 - the name of a fault


class NotAvailable(ValueError):
    """This provider has no such request, or this channel is not for it."""


@dataclass(frozen=True)
class Caller:
    """Who uses a channel: the phone, under the name or number that the network shows for it."""

    channel: Channel
    phone: Phone
    shown_as: str = ""

    @property
    def sender(self) -> str:
        return self.shown_as or self.phone.number


@dataclass(frozen=True)
class Receipt:
    """Word on one of our messages. `message` None: one that we do not know (yet)."""

    status: str
    message: Received | None


@dataclass(frozen=True)
class Call:
    """A USSD session as the network sees it: what was dialled, and every answer so far.

    `seconds` since it began and `screen`, what was last shown, are for the word that it has ended.
    """

    session: str
    dialled: str
    answers: tuple[str, ...] = ()
    seconds: int = 0
    screen: str = ""

    def inputs(self, code: str) -> tuple[str, ...]:
        """All that was typed after the service code, beginning with what was dialled along with it.

        Raises NotAvailable when another code was dialled.
        """
        begin, dialled = code.removesuffix("#"), self.dialled.replace(" ", "").removesuffix("#")
        if dialled != begin and not dialled.startswith(f"{begin}*"):
            raise NotAvailable("code")
        through = dialled[len(begin) + 1 :]
        return (*through.split("*"), *self.answers) if through else self.answers


@dataclass(frozen=True)
class WireRequest:
    """A request with these parameters. `path` is on our own host, with its query where that is part of the address.

    `continues` and `ends` are what the answer to a USSD request begins with.
    """

    path: str
    fields: Mapping[str, str]
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": FORM})
    method: str = "POST"
    continues: str = "CON "
    ends: str = "END "

    @property
    def body(self) -> str:
        """The parameters as they are encoded: in a form unless the headers say JSON, and in an address the same."""
        if self.headers.get("Content-Type") == JSON:
            return json.dumps(nested(self.fields), ensure_ascii=False)
        return urlencode(self.fields)

    def with_header(self, name: str, value: str) -> WireRequest:
        return replace(self, headers={**self.headers, name: value})


def nested(fields: Mapping[str, str]) -> Any:
    """A JSON document whose values stand at these paths (`messages.0.status`)."""
    document: dict[str, Any] = {}
    for path, value in fields.items():
        *parents, last = path.split(".")
        inside = document
        for name in parents:
            inside = inside.setdefault(name, {})
        inside[last] = value
    return _with_lists(document)


def _with_lists(part: Any) -> Any:
    if not isinstance(part, dict):
        return part
    values = {name: _with_lists(value) for name, value in part.items()}
    return list(values.values()) if values and all(name.isdigit() for name in values) else values


def secret_path(channel: Channel, action: str, fault: Fault) -> str:
    """The path of a callback that is known by its secret. Raises NotAvailable for a signature: there is none."""
    if fault is Fault.FORGED_SIGNATURE:
        raise NotAvailable("signature")
    known_as = replace(channel, secret=WRONG_SECRET) if fault is Fault.WRONG_SECRET else channel
    return known_as.path(action)
