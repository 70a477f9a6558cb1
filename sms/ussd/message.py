"""What passes between a menu and the providers that carry it: a step of a session, its end, and a screen.

People's numbers and words are left out of every `repr`: a traceback or a log line cannot carry them by accident.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Style = Literal["cumulative", "dialled", "last"]
"""How a provider tells what was answered: `cumulative` sends every answer of the session so far, joined by `*`;
`dialled` sends the same after the service code, as if it had been dialled at once (`*415*33*1#`); `last` sends the
newest answer alone, and on the first request usually what was dialled."""


@dataclass(frozen=True)
class UssdRequest:
    """Somebody dialled, or answered a screen.

    `number` and `text` are as the provider wrote them, `text` through `sms.text.clean`. `is_start` is None where
    the provider does not say. `request_id` tells requests of one session apart, where there is one.
    """

    session_id: str
    number: str = field(repr=False)
    text: str = field(repr=False)
    service_code: str = ""
    style: Style = "cumulative"
    is_start: bool | None = None
    request_id: str | None = None


@dataclass(frozen=True)
class UssdEnd:
    """A session is over. `outcome` is the provider's word in small letters, such as `success` or `incomplete`."""

    session_id: str
    outcome: str


@dataclass(frozen=True)
class Screen:
    """What the telephone shows; `ends` when no answer is expected."""

    text: str
    ends: bool = False
