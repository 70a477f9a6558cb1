"""How the directory's edits are spoken of."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _lazy

from app.directory.changes import Change
from app.directory.coverage import FindingKind
from app.directory.explaining import StepKind

COUNTRY_FIELDS: dict[str, LazyString] = {
    "name": _lazy("Name"),
    "languages": _lazy("Languages offered to people, the default first"),
    "desk": _lazy("Desk, for what fits no entry point"),
    "dialling_code": _lazy("Dialling code"),
    "currency": _lazy("Currency"),
    "timezone": _lazy("Time zone"),
}

ENTRY_FIELDS: dict[str, LazyString] = {
    "name": _lazy("Name"),
    "issue": _lazy("Issue"),
    "focus": _lazy("Focus: what partners work on here"),
    "cofog": _lazy("Functions of government (COFOG codes)"),
}

STEPS: dict[StepKind, LazyString] = {
    "no_sector": _lazy("No sector is known: it goes to the country’s desk"),
    "no_entry_point": _lazy("This sector has no entry point in this country: it goes to the country’s desk"),
    "entry_point": _lazy("Country and sector choose the entry point"),
    "away": _lazy("Not at work on this day"),
    "elsewhere": _lazy("Does not work in this area"),
    "takes": _lazy("Works in this area, and is the first who does"),
    "no_area": _lazy("No area is known: the first partner takes it"),
    "outside_area": _lazy("Nobody works in this area: the first partner takes it, marked as outside area"),
    "nobody": _lazy("No partner is at work on this day: it goes to the country’s desk"),
}

MEANINGS: dict[str, LazyString] = {
    "report": _lazy("A report"),
    "command": _lazy("A command to us"),
    "noise": _lazy("Noise: a greeting, thanks, an advertisement"),
    "unclear": _lazy("Not clear: the person is asked"),
}

PARTS: dict[str, LazyString] = {
    "country": _lazy("Country"),
    "area": _lazy("Area"),
    "places": _lazy("Names of places"),
    "partner": _lazy("Partner"),
    "facts": _lazy("Facts"),
    "serving": _lazy("Partners here"),
    "problem": _lazy("Problem type"),
    "words": _lazy("Words"),
}

KINDS: dict[str, LazyString] = {
    "files": _lazy("from the data files"),
    "edit": _lazy("edited"),
    "import": _lazy("imported"),
    "revert": _lazy("gone back"),
}

FINDINGS: dict[FindingKind, LazyString] = {
    "nobody": _lazy("No partner works here now: reports go to the country’s desk"),
    "lead_away": _lazy("The lead is not at work: another partner takes its place"),
    "shadowed": _lazy("Gets no reports: others before it have all its areas"),
    "overlap": _lazy("Several partners have the same areas: the first of them gets the reports"),
    "hole": _lazy("Areas that nobody has: the lead gets their reports, marked as outside area"),
    "expired": _lazy("Has ended"),
    "ends_soon": _lazy("Ends soon"),
    "not_begun": _lazy("Has not begun yet"),
}

GROUPS: dict[str, LazyString] = {
    "decisive": _lazy("Words that name the service itself"),
    "any": _lazy("Other words of this sector"),
    "slurs": _lazy("Insults: recognised, never repeated"),
}


def label(labels: Mapping[str, LazyString], code: str) -> str:
    """The label in the page's language, else the code."""
    return str(labels[code]) if code in labels else code


def said_of(change: Change) -> str:
    """What a change is about: "ke-health · Words · sw · no-drugs"."""
    return " · ".join(filter(None, (change.place, label(PARTS, change.part), change.name)))
