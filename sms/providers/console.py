"""For development: messages go to a terminal instead of a telephone."""

from __future__ import annotations

import secrets
import sys
from typing import TextIO

from sms.message import Accepted, OutboundSms
from sms.redaction import mask
from sms.segments import count
from sms.text import clean


class Console:
    """Prints one line per message: the words in full, the number all but its last two digits."""

    name = "console"

    def __init__(self, stream: TextIO | None = None) -> None:
        """`stream` None means standard error, as it is at the time of each message."""
        self._stream = stream

    def send(self, message: OutboundSms) -> Accepted:
        words = clean(message.text).replace("\n", " / ")
        print(f"{message.kind} to {mask(message.to)}: {words}", file=self._stream or sys.stderr, flush=True)
        return Accepted(f"console-{secrets.token_hex(8)}", segments=count(message.text).parts)
