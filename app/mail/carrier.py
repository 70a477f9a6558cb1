"""What takes letters away: a mail server, in demo mode the terminal, or nothing yet."""

from __future__ import annotations

import sys
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TextIO

from app.mail.letter import Letter
from sms.text import clean


@dataclass(frozen=True)
class Parcel:
    """A claimed letter, detached from the database. Its id and time stay the same when it is sent again."""

    id: uuid.UUID
    letter: Letter
    written_at: datetime


@dataclass(frozen=True)
class Sent:
    """The server has taken it over."""


@dataclass(frozen=True)
class Refused:
    """It never will: no such mailbox, or not from us."""

    code: str


@dataclass(frozen=True)
class TryAgain:
    """It was certainly not taken over this time."""

    code: str


@dataclass(frozen=True)
class Unknown:
    """The words had gone, and then no answer came."""

    reason: str


Outcome = Sent | Refused | TryAgain | Unknown


class Carrier(Protocol):
    def carry(self, parcel: Parcel) -> Outcome: ...


class Terminal:
    """For development: letters are printed whole, so that their links can be followed."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """`stream` None means standard error, as it is at the time of each letter."""
        self._stream = stream

    def carry(self, parcel: Parcel) -> Sent:
        letter = parcel.letter
        words = "\n".join(f"  | {line}" for line in clean(letter.body).splitlines())
        said = f"e-mail to {letter.to}: {letter.subject}\n{words}"
        print(said, file=self._stream or sys.stderr, flush=True)
        return Sent()


class NoServer:
    """Production without SMTP_URL: letters wait until there is one, or for about a day."""

    def carry(self, _parcel: Parcel) -> TryAgain:
        return TryAgain("SMTP_URL is not set")
