"""One e-mail as rooms write it: finished words for one person, in that person's language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask_babel import force_locale

from app.language import SOURCE, STAFF_LANGUAGES
from sms.text import clean

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
"""One plain address: the form of WHATWG's `input type=email`, with a dot in the domain. No name, list or quotes."""

LONGEST_ADDRESS = 254
"""RFC 5321, section 4.5.3.1.3, without the angle brackets."""

LONGEST_SUBJECT = 200


class BadLetter(ValueError):
    """The letter cannot be sent as it is; the message says why and holds nothing of it."""


@dataclass(frozen=True)
class Letter:
    """`purpose` names the kind (`invitation`, `mention`, …) and is all that may be logged. Raises BadLetter.

    Nothing in it can become a header: the address is one plain address, the subject one line.
    """

    to: str
    subject: str
    body: str
    purpose: str

    def __post_init__(self) -> None:
        if not is_address(self.to):
            raise BadLetter("the address is not one plain address")
        if not self.subject.strip() or len(self.subject) > LONGEST_SUBJECT or not self.subject.isprintable():
            raise BadLetter("the subject is not one short line")


def is_address(text: str) -> bool:
    return len(text) <= LONGEST_ADDRESS and ADDRESS.fullmatch(text) is not None


def one_line(text: str) -> str:
    """What somebody wrote, fit for a subject: without line breaks and invisible characters, cut to length."""
    line = "".join(letter if letter.isprintable() else " " for letter in clean(text))
    return " ".join(line.split())[:LONGEST_SUBJECT]


@contextmanager
def written_in(language: str) -> Iterator[None]:
    """Within, gettext speaks the reader's language, whoever's request or job this is."""
    with force_locale(language if language in STAFF_LANGUAGES else SOURCE):
        yield
