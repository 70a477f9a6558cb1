"""Blacking out names and numbers in what a person wrote. The original is sealed, for leads, and can be put back."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.reports.models import IncomingMessage, Report
from app.reports.sealed import MESSAGE, ORIGINAL, SealedText
from app.reports.sealing import ORIGINAL_WORDS, keep, note_reading, open_text, opened_one

BLACK = "█████"
"""Stands for anything that is hidden, whatever its length: that would tell something too."""

MARKED = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
CANDIDATE = re.compile(r"(?<!\w)(?:\+|[A-Z]{1,4}[ -]?)?\d(?:[ ().-]{0,2}\d){5,}(?:-?[A-Z\d])?(?!\w)")
"""Six digits or more, as telephone and identity numbers are written, with the letters that some begin with."""


class NotTheSame(ValueError):
    """Without its marks, what came back is not the text that was to be marked."""


def numbers_in(text: str) -> tuple[str, ...]:
    """What looks like a telephone or identity number, each once, as it is written."""
    return tuple(dict.fromkeys(found[0] for found in CANDIDATE.finditer(text)))


def blacked_out(text: str, marked: str, numbers: tuple[str, ...]) -> str:
    """The text without what stands between [[ and ]] in `marked`, which else says the same, and without these
    numbers. Raises NotTheSame."""
    if MARKED.sub(r"\1", marked).split() != text.split():
        raise NotTheSame
    hidden = MARKED.sub(BLACK, marked)
    for number in sorted(numbers, key=len, reverse=True):
        hidden = hidden.replace(number, BLACK)
    return hidden


def words_of_message(session: Session, message: IncomingMessage) -> str:
    """What the viewer may read of this message, as it stands."""
    return message.body or opened_one(session, MESSAGE, message.id) or ""


def redact(session: Session, report: Report, message: IncomingMessage, text: str) -> None:
    """Have the message say this instead. The first time, what it said is sealed."""
    if message.redacted_at is None:
        keep(session, report, ORIGINAL, message.id, words_of_message(session, message))
    message.redacted_at = datetime.now(UTC)
    _say(session, report, message, text)


def read_original(session: Session, report: Report, message: IncomingMessage) -> str | None:
    """The original words, noted as read; None where there are none that the viewer may read."""
    original = opened_one(session, ORIGINAL, message.id)
    if original is not None:
        note_reading(session, report, ORIGINAL_WORDS)
    return original


def restore(session: Session, report: Report, message: IncomingMessage) -> bool:
    """Have the message say again what it said at first; whether there was anything to be undone."""
    original = session.get(SealedText, (ORIGINAL, message.id))
    if original is None:
        return False
    _say(session, report, message, open_text(original))
    message.redacted_at = None
    session.delete(original)
    return True


def _say(session: Session, report: Report, message: IncomingMessage, text: str) -> None:
    if report.sealed:
        keep(session, report, MESSAGE, message.id, text)
    else:
        message.body = text
