"""How long each text message and each screen of the menu is in a language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.conversation.menu import engine
from app.conversation.menu.state import State
from app.conversation.menu.wording import ASK_AGAIN, KEEP_IT, RECORDED
from app.directory.catalogue import Directory
from app.translating.catalogues import UCS2
from app.translating.texts import REFERENCE, questions, shortest, texts
from app.translating.walking import a_world, reachable, saying
from sms.encoding import encoding_of
from sms.segments import count
from sms.ussd.screens import ROOM

LAST_SCREEN = frozenset({RECORDED, KEEP_IT, ASK_AGAIN})
"""What is said when all is done."""


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


def screens_saying(directory: Directory, country: str, code: str, text: str) -> list[Sized]:
    """Those of them on which this text stands."""
    last = [] if text not in LAST_SCREEN else [_last_screen(directory, country, code)]
    return [_screen(one) for one in dict.fromkeys([*_shown(directory, country, code, text), *last])]


def offering(directory: Directory, code: str) -> list[str]:
    """The countries that offer this language."""
    return [country.code for country in directory.countries if code in country.languages]


def _texts(directory: Directory, country: str, code: str) -> Iterator[str]:
    yield from _pages_of(reachable(directory, country), directory, country, code)
    yield _last_screen(directory, country, code)


def _shown(directory: Directory, country: str, code: str, text: str) -> Iterator[str]:
    return _pages_of(saying(directory, country, text), directory, country, code)


def _pages_of(places: frozenset[State], directory: Directory, country: str, code: str) -> Iterator[str]:
    states = (replace(state, language=state.language and code) for state in places)
    world = a_world(directory, country)
    for state in sorted(states, key=repr):
        yield from engine.screens(world, state)


def _last_screen(directory: Directory, country: str, code: str) -> str:
    return engine.show_recorded(a_world(directory, country), State("confirm", code), REFERENCE).text


def _message(text: str, most: int) -> Sized:
    size = count(text)
    return Sized(text, size.units, size.units + size.left_in_last, size.parts, most)


def _screen(text: str) -> Sized:
    encoding = encoding_of(text)
    return Sized(text, encoding.units(text), ROOM[encoding])
