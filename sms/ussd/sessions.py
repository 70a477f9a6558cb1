"""What a request adds to its session: a start, an answer, or nothing because it was heard before.

Providers repeat requests, deliver them late, and start a session twice. A cumulative text is therefore taken as a
*difference* against the last one, never as a path: an answer may itself hold `*`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sms.ussd.message import UssdRequest

MOST_DIALLED = 12
"""Answers taken from one dialled string; nobody remembers a longer one."""


@dataclass(frozen=True)
class Last:
    """The newest request of a session that was dealt with. `text` is its `path`; once ended it is not needed."""

    text: str = field(repr=False)
    request_id: str | None = None
    ended: bool = False


@dataclass(frozen=True)
class Heard:
    """A start brings the answers that were dialled along with the code, an answer brings one, a repeat none."""

    kind: Literal["start", "answer", "repeat"]
    answers: tuple[str, ...] = field(default=(), repr=False)


REPEAT = Heard("repeat")


def listen(request: UssdRequest, last: Last | None) -> Heard:
    """What is new in this request; `last` is None for a session that we have not met (or met too late)."""
    if last is None or (last.ended and _is_start(request)):
        return Heard("start", _dialled_along(request))
    if last.ended or _was_heard(request, last):
        return REPEAT
    return Heard("answer", (_added(request, last),))


def path(request: UssdRequest) -> str:
    """What to remember of this request as `Last.text`."""
    if request.style == "dialled":
        return "*".join(_after_code(request.text, request.service_code))
    return request.text


def _is_start(request: UssdRequest) -> bool:
    if request.style == "last":
        return bool(request.is_start)
    return not path(request)


def _dialled_along(request: UssdRequest) -> tuple[str, ...]:
    """`*384*1*3#` on the code `*384#` brings the answers 1 and 3."""
    if request.style == "last":
        was_answer = request.is_start is False and request.text
        answers = [request.text] if was_answer else _after_code(request.text, request.service_code)
    else:
        answers = path(request).split("*") if path(request) else []
    return tuple(answers[:MOST_DIALLED])


def _after_code(text: str, code: str) -> list[str]:
    """The parts that were dialled after the code; none where something else was dialled."""
    dialled, base = text.strip().removesuffix("#").strip("*"), code.strip().strip("*#")
    if not base or not dialled.startswith(f"{base}*"):
        return []
    return dialled.removeprefix(f"{base}*").split("*")


def _was_heard(request: UssdRequest, last: Last) -> bool:
    if request.style == "last":
        known = request.request_id is not None and request.request_id == last.request_id
        return known or bool(request.is_start)
    told = path(request)
    return not told or told == last.text or last.text.startswith(f"{told}*")


def _added(request: UssdRequest, last: Last) -> str:
    """The newest answer. Where a provider rewrote what went before, what follows the last `*` has to do."""
    if request.style == "last":
        return request.text
    told = path(request)
    if not last.text:
        return told
    before = f"{last.text}*"
    return told.removeprefix(before) if told.startswith(before) else told.rpartition("*")[2]
