"""How staff read what stands and what is wrong with a language."""

from __future__ import annotations

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _lazy

from app.translating.checking import Fault, Kind
from app.translating.standing import State
from app.translating.texts import MENU

STATES: dict[State, LazyString] = {
    "draft": _lazy("Draft: no speaker has signed it off"),
    "signed": _lazy("Signed off"),
    "changed": _lazy("Draft again: a text changed after it was signed off"),
}

FAULTS: dict[Kind, LazyString] = {
    "empty": _lazy("Write how it is said."),
    "braces": _lazy("Braces { } only stand around the names of gaps."),
    "gaps": _lazy("Keep the same gaps as in English: %(what)s"),
    "orders": _lazy("These words are typed by people and stay as they are, neither more nor fewer: %(what)s"),
    "letters": _lazy("Phones have no room for these letters. Spell it without them: %(what)s"),
    "banned": _lazy("This goes out unasked, and others may look on, so it must not say: %(what)s"),
    "glossary": _lazy("The glossary’s word for this is missing: %(what)s"),
    "long_text": _lazy("This text message is too long (%(units)d of %(room)d): %(what)s"),
    "long_screen": _lazy("This screen of the menu is too long (%(units)d of %(room)d): %(what)s"),
    "cut": _lazy("A name on this screen would be cut: %(what)s"),
}

WHERE: dict[str, LazyString] = {
    "texts": _lazy("Text messages"),
    "menu": _lazy("Dialled menu"),
    "form": _lazy("Web form"),
    "open": _lazy("Open pages and posters"),
}

FOLDERS = {"app/channels/web/": "form", "app/open_data/": "open", MENU: "menu"}


def where(paths: frozenset[str]) -> tuple[str, ...]:
    """Where people read a text that stands in these files: codes of WHERE."""
    found = {next((code for start, code in FOLDERS.items() if path.startswith(start)), "texts") for path in paths}
    return tuple(code for code in WHERE if code in found)


def told(fault: Fault) -> str:
    """What is wrong, in the language of the page."""
    size = {"units": fault.sized.units, "room": fault.sized.room} if fault.sized else {}
    return str(FAULTS[fault.kind]) % {"what": fault.what.replace("\n", " / "), **size}


def overtaken() -> str:
    return gettext("Somebody corrected this text while you had it open. What you wrote is still here.")


def unchanged() -> str:
    return gettext("This is how it is said now: nothing is changed.")


def no_reason() -> str:
    return gettext("Say why you change it: others will read it in the history.")
