"""How long each text message and each screen of the menu is in a language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.conversation.menu import engine
from app.conversation.menu.state import State
from app.directory.catalogue import Directory
from app.translating.catalogues import UCS2
from app.translating.texts import REFERENCE, questions, shortest, texts
from app.translating.walking import a_world, all_pages, reachable
from sms.encoding import encoding_of
from sms.segments import count
from sms.ussd.screens import ROOM


@dataclass(frozen=True)
class Sized:
    """A text as a phone shows it: `parts` of a text message, of which `most` are allowed, or one screen.

    `units` are septets in GSM-7, else UTF-16 units; `room` is how many so many parts or the screen hold.
    """

    text: str
    units: int
    room: int
    parts: int = 1
    most: int = 1

    @property
    def fits(self) -> bool:
        return self.units <= self.room and self.parts <= self.most


def text_messages(code: str) -> list[Sized]:
    """Every text message with its longest values."""
    most, one_part = 2 if code in UCS2 else 1, shortest(code)
    fixed = [_message(text, 1 if text in one_part else most) for text in dict.fromkeys(texts(code))]
    return [*fixed, *(_message(text, 2) for text in questions(code))]


def screens(directory: Directory, country: str, code: str) -> list[Sized]:
    """Every screen of the menu of this country in this language, each once."""
    return [_screen(text) for text in dict.fromkeys(_texts(directory, country, code))]


def offering(directory: Directory, code: str) -> list[str]:
    """The countries that offer this language."""
    return [country.code for country in directory.countries if code in country.languages]


def _texts(directory: Directory, country: str, code: str) -> Iterator[str]:
    states = (replace(state, language=state.language and code) for state in reachable(directory, country))
    for state in sorted(states, key=repr):
        yield from all_pages(directory, country, state)
    yield engine.show_recorded(a_world(directory, country), State("confirm", code), REFERENCE).text


def _message(text: str, most: int) -> Sized:
    size = count(text)
    return Sized(text, size.units, size.units + size.left_in_last, size.parts, most)


def _screen(text: str) -> Sized:
    encoding = encoding_of(text)
    return Sized(text, encoding.units(text), ROOM[encoding])
