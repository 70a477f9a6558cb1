"""What every channel hands to intake."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from app.directory.channels import Channel
from app.photos.pictures import Picture
from app.reports.models import Contact
from sms.message import Media


@dataclass(frozen=True)
class Incoming:
    """One message from a citizen, as it came in. `sender` is a claim, and may be no phone number at all.

    `media` wait at the provider, `photos` came along.
    """

    channel: Channel
    provider_message_id: str
    sender: str
    text: str
    kind: str = "sms"
    opt_out: str | None = None
    media: tuple[Media, ...] = ()
    photos: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Sender:
    """Who said it, as far as we can answer them. No `contact`: somebody who can have no phone number."""

    channel: Channel
    contact: Contact | None
    answerable: bool

    @property
    def may_be_asked(self) -> bool:
        """Whether a question to this person would be sent at all."""
        return self.contact is not None and self.answerable and self.channel.slug not in self.contact.stopped


@dataclass(frozen=True)
class Received:
    """A message that has just been stored."""

    incoming: Incoming
    message_id: uuid.UUID
    sender: Sender


@dataclass(frozen=True)
class Matter:
    """What is known of a matter when it is filed, and the stored messages that it was said in.

    `first_heard` is when the first of them reached us, where that was before it could be filed.
    """

    country: str
    sector: str | None
    language: str
    channel: str
    said_in: tuple[uuid.UUID, ...]
    problem_type: str | None = None
    gap_kind: str | None = None
    area: str | None = None
    outside_focus: bool = False
    flags: tuple[str, ...] = ()
    first_heard: datetime | None = None
