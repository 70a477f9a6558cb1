"""How staff read what stands and what is wrong with a language."""

from __future__ import annotations

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from app.translating.checking import Fault, Kind
from app.translating.standing import State
from app.translating.texts import MENU

STATES: dict[State, LazyString] = {
    "draft": _("Draft: no speaker has signed it off"),
    "signed": _("Signed off"),
    "changed": _("Draft again: a text changed after it was signed off"),
}

FAULTS: dict[Kind, LazyString] = {
    "empty": _("Write how it is said."),
    "braces": _("Braces { } only stand around the names of gaps."),
    "gaps": _("Keep the same gaps as in English: %(what)s"),
    "orders": _("These words are typed by people and stay as they are, neither more nor fewer: %(what)s"),
    "letters": _("Phones have no room for these letters. Spell it without them: %(what)s"),
    "banned": _("This goes out unasked, and others may look on, so it must not say: %(what)s"),
    "glossary": _("The glossary’s word for this is missing: %(what)s"),
    "long_text": _("This text message is too long (%(units)d of %(room)d): %(what)s"),
    "long_screen": _("This screen of the menu is too long (%(units)d of %(room)d): %(what)s"),
    "cut": _("A name on this screen would be cut: %(what)s"),
}

WHERE: dict[str, LazyString] = {
    "texts": _("Text messages"),
    "menu": _("Dialled menu"),
    "form": _("Web form"),
    "open": _("Open pages and posters"),
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
