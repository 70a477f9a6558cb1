"""What is wrong with a correction: the very things that `make languages` asks of a catalogue, of one text.

A text is a part of several messages and screens. They are made with the correction in place, and those that come
out otherwise are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.directory.catalogue import Directory
from app.language import trying, words_for
from app.outbox import wording
from app.translating.catalogues import ORDERS, UCS2, placeholders, places
from app.translating.glossary import glossary, words_left_out
from app.translating.sizes import Sized, offering, screens_saying, text_messages
from app.translating.texts import MENU, banned, partner_names, sent_to_phones, unprompted
from sms.encoding import Encoding, encoding_of
from sms.ussd.screens import CUT, ROOM

Kind = Literal[
    "empty", "braces", "gaps", "orders", "letters", "banned", "glossary", "long_text", "long_screen", "cut"
]

ON_SCREENS = frozenset((*wording.SECTORS.values(), *wording.STATES.values(), wording.STATE, wording.NO_REPORTS))
"""Of text messages, what the menu says too."""


@dataclass(frozen=True)
class Fault:
    """`what` are the words, gaps or letters that are meant, or the message that is too long; then also its size."""

    kind: Kind
    what: str = ""
    sized: Sized | None = None


@dataclass(frozen=True)
class Outcome:
    """The messages and screens that a correction changes, and what is wrong."""

    texts: tuple[Sized, ...]
    screens: tuple[Sized, ...]
    faults: tuple[Fault, ...]


def try_out(directory: Directory, code: str, text: str, said: str) -> Outcome:
    """What becomes of the messages of this language if this text is said so."""
    faults = _of_itself(text, said) or _leaves_no_room(text, said)
    if faults:
        return Outcome((), (), faults)
    before, shown_before, asked_before = _made(directory, code, text)
    with trying({(code, text): said}):
        after, shown, asked = _made(directory, code, text)
    texts, shown = _others(after, before), _others(shown, shown_before)
    faults = (*_letters(code, text, said), *_glossary(code, text, said))
    faults += _banned(directory, code, [one for one in asked if one not in asked_before])
    return Outcome(texts, shown, (*faults, *_too_long("long_text", texts), *_too_long("long_screen", shown)))


def _of_itself(text: str, said: str) -> tuple[Fault, ...]:
    """What is wrong whatever messages it is a part of."""
    if not said.strip():
        return (Fault("empty"),)
    try:
        gaps = placeholders(said) ^ placeholders(text)
        said.format(**dict.fromkeys(placeholders(said), ""))
    except (ValueError, KeyError, IndexError, AttributeError):
        return (Fault("braces"),)
    orders = set(ORDERS.findall(said)) ^ set(ORDERS.findall(text))
    return tuple(
        Fault(kind, ", ".join(sorted(found)))
        for kind, found in (("gaps", {f"{{{gap}}}" for gap in gaps}), ("orders", orders))
        if found
    )


def _leaves_no_room(text: str, said: str) -> tuple[Fault, ...]:
    """A text of the menu shares its screen with choices and keys: more than half of it is too much in any case."""
    if not _is_of_menu(text):
        return ()
    encoding = encoding_of(said)
    sized = Sized(said, encoding.units(said), ROOM[encoding] // 2)
    return () if sized.fits else (Fault("long_screen", said, sized),)


def _is_of_menu(text: str) -> bool:
    return any(path.startswith(MENU) for path in places()[text])


def _made(directory: Directory, code: str, text: str) -> tuple[list[Sized], list[Sized], list[str]]:
    """Text messages, screens (where this text stands on any) and what goes out unasked, as said at the moment."""
    countries = offering(directory, code) if text in ON_SCREENS or _is_of_menu(text) else []
    shown = [one for country in countries for one in screens_saying(directory, country, code, text)]
    return text_messages(code), shown, unprompted(code)


def _others(after: list[Sized], before: list[Sized]) -> tuple[Sized, ...]:
    known = {one.text for one in before}
    return tuple(one for one in after if one.text not in known)


def _letters(code: str, text: str, said: str) -> tuple[Fault, ...]:
    """What goes to phones is spelt in GSM-7 where the language can be: one other letter halves the room."""
    if code in UCS2 or text not in sent_to_phones():
        return ()
    strange = dict.fromkeys(letter for letter in said if encoding_of(letter) is not Encoding.GSM7)
    return (Fault("letters", " ".join(strange)),) if strange else ()


def _glossary(code: str, text: str, said: str) -> tuple[Fault, ...]:
    sector = next((slug for slug, label in wording.SECTORS.items() if label == text), None)
    if sector is not None:
        fixed = glossary()["sectors"][sector].get(code, words_for(code, text))
        return () if said == fixed else (Fault("glossary", fixed),)
    return tuple(Fault("glossary", ", ".join(words)) for words in words_left_out(code, text, said))


def _banned(directory: Directory, code: str, unasked: list[str]) -> tuple[Fault, ...]:
    partners = partner_names(directory)
    words = {word for one in unasked for word in banned(code, one, partners)}
    return (Fault("banned", ", ".join(sorted(words))),) if words else ()


def _too_long(kind: Kind, made: tuple[Sized, ...]) -> tuple[Fault, ...]:
    """The longest of those that do not fit, or that lose words."""
    long = [one for one in made if not one.fits]
    if long:
        worst = max(long, key=lambda one: one.units / one.room)
        return (Fault(kind, worst.text, worst),)
    cut = [one for one in made if CUT in one.text] if kind == "long_screen" else []
    return tuple(Fault("cut", one.text, one) for one in cut[:1])
