"""What passes between a product and its message providers: messages in and out, receipts, and send results.

People's numbers and words are left out of every `repr`: a traceback or a log line cannot carry them by accident.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Literal, Protocol

Kind = Literal["sms", "whatsapp"]
OptOutWord = Literal["stop", "start", "help"]


class Malformed(ValueError):
    """A provider's request lacks a field, or its value is unusable. Names the field, never the value."""

    def __init__(self, field_name: str) -> None:
        super().__init__(f"missing or unusable field: {field_name}")
        self.field = field_name


@dataclass(frozen=True)
class Media:
    """A picture, recording or file that waits at the provider. Fetching it may need the account's credentials."""

    url: str
    content_type: str


@dataclass(frozen=True)
class Part:
    """Which part of a long message this is: the `number`th of `total`, from 1. `ref` is what one sender's parts
    of one message have in common."""

    ref: str
    number: int
    total: int


@dataclass(frozen=True)
class InboundSms:
    """One message from a person.

    `sender` and `recipient` are as the provider wrote them, without a channel prefix: a number, a short code, an
    alphanumeric sender, or a WhatsApp identity without a number. `text` has been through `sms.text.clean`.
    `received_at` is in UTC, None when the provider gave no usable time. `opt_out` is set only when the provider
    itself has recognised the word. `link_id` belongs in the answer on premium services that send one. `part` is set
    where the provider hands a long message over as it came, in several.
    """

    provider_message_id: str
    sender: str = field(repr=False)
    recipient: str
    text: str = field(repr=False)
    received_at: datetime | None = None
    media: tuple[Media, ...] = ()
    opt_out: OptOutWord | None = None
    link_id: str | None = None
    kind: Kind = "sms"
    part: Part | None = None


@dataclass(frozen=True)
class OutboundSms:
    """One message to one person.

    `id` is our own, and comes back with receipts where the provider allows it. `to` is E.164. `sender` None leaves
    the choice to the provider (as a shared short code requires). `receipts_url` is where receipts go, for providers
    that take it per message.
    """

    id: str
    to: str = field(repr=False)
    text: str = field(repr=False)
    sender: str | None = None
    link_id: str | None = None
    receipts_url: str | None = None
    kind: Kind = "sms"


class DeliveryStatus(Enum):
    """How far a message has come. Ranks rise with certainty: a receipt may only move a message up.

    Delivered ranks above failed because a message of several parts can fail in one and then arrive.
    """

    unknown_status = 0
    accepted = 1
    sent = 2
    failed = 3
    delivered = 4

    @property
    def rank(self) -> int:
        return self.value

    def supersedes(self, earlier: DeliveryStatus) -> bool:
        """Whether a receipt with this status changes a message that stands at `earlier`."""
        return self.rank > earlier.rank


@dataclass(frozen=True)
class DeliveryReceipt:
    """What became of a message. `our_id` is OutboundSms.id where it came back, `error` the provider's own code."""

    provider_message_id: str
    our_id: str | None
    status: DeliveryStatus
    raw_status: str
    error: str | None = None


@dataclass(frozen=True)
class OptOut:
    """This person wants nothing more from this sender (a short code or sender name), and from no other."""

    sender_id: str
    number: str = field(repr=False)


@dataclass(frozen=True)
class Accepted:
    """The provider took the message. `segments` and `cost` (with its currency) where it said so."""

    provider_message_id: str
    segments: int | None = None
    cost: str | None = None


@dataclass(frozen=True)
class Refused:
    """The provider will not take this message.

    `permanent`: the same message to the same person will never be taken; otherwise somebody may put the reason
    right (a sender to register, a route to open), but trying again by itself will not help. `opted_out`: the person
    has stopped messages from this sender, which is worth recording.
    """

    code: str
    reason: str
    permanent: bool
    opted_out: bool = False


@dataclass(frozen=True)
class TryAgain:
    """Certainly not taken, for a reason that passes: a limit, a full queue, our own account, no connection."""

    code: str
    reason: str


@dataclass(frozen=True)
class Unknown:
    """Perhaps taken: the answer was late, broken or rubbish. Sending again may reach the person twice."""

    reason: str


SendResult = Accepted | Refused | TryAgain | Unknown


class Provider(Protocol):
    """Whoever carries a message to a person."""

    @property
    def name(self) -> str:
        """A slug: `twilio`, `africastalking`, `console`."""

    def send(self, message: OutboundSms) -> SendResult:
        """Hand over one message. Blocks for the provider's time limits at most, and never raises."""
