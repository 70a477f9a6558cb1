"""How long each text message and each screen of the menu is in a language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.conversation.menu import engine
from app.conversation.menu.state import State
from sms.encoding import encoding_of
from sms.segments import count
from sms.ussd.screens import ROOM
from tests.app.conversation.menu_worlds import a_world, all_pages, directory, reachable
from tests.languages.catalogues import UCS2
from tests.languages.messages import REFERENCE, questions, texts


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
    most = 2 if code in UCS2 else 1
    fixed = [_message(text, most) for text in dict.fromkeys(texts(code))]
    return [*fixed, *(_message(text, 2) for text in questions(code))]


def screens(code: str, country: str) -> list[Sized]:
    """Every screen of the menu of this country in this language, each once."""
    return [_screen(text) for text in dict.fromkeys(_texts(country, code))]


def offering(code: str) -> list[str]:
    """The countries that offer this language."""
    return [country.code for country in directory().countries if code in country.languages]


def _texts(country: str, code: str) -> Iterator[str]:
    states = (replace(state, language=state.language and code) for state in reachable(country))
    for state in sorted(states, key=repr):
        yield from all_pages(country, state)
    yield engine.show_recorded(a_world(country), State("confirm", code), REFERENCE).text


def _message(text: str, most: int) -> Sized:
    size = count(text)
    return Sized(text, size.units, size.units + size.left_in_last, size.parts, most)


def _screen(text: str) -> Sized:
    encoding = encoding_of(text)
    return Sized(text, encoding.units(text), ROOM[encoding])
