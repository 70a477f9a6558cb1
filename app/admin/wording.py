"""How the directory's edits are spoken of."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.directory.changes import Change
from app.directory.coverage import FindingKind
from app.directory.explaining import StepKind

COUNTRY_FIELDS: dict[str, LazyString] = {
    "name": _("Name"),
    "languages": _("Languages offered to people, the default first"),
    "desk": _("Desk, for what fits no entry point"),
    "dialling_code": _("Dialling code"),
    "currency": _("Currency"),
    "timezone": _("Time zone"),
}

ENTRY_FIELDS: dict[str, LazyString] = {
    "name": _("Name"),
    "issue": _("Issue"),
    "focus": _("Focus: what partners work on here"),
    "cofog": _("Functions of government (COFOG codes)"),
}

STEPS: dict[StepKind, LazyString] = {
    "no_sector": _("No sector is known: it goes to the country’s desk"),
    "no_entry_point": _("This sector has no entry point in this country: it goes to the country’s desk"),
    "entry_point": _("Country and sector choose the entry point"),
    "away": _("Not at work on this day"),
    "elsewhere": _("Does not work in this area"),
    "takes": _("Works in this area, and is the first who does"),
    "no_area": _("No area is known: the first partner takes it"),
    "outside_area": _("Nobody works in this area: the first partner takes it, marked as outside area"),
    "nobody": _("No partner is at work on this day: it goes to the country’s desk"),
}

MEANINGS: dict[str, LazyString] = {
    "report": _("A report"),
    "command": _("A command to us"),
    "noise": _("Noise: a greeting, thanks, an advertisement"),
    "unclear": _("Not clear: the person is asked"),
}

PARTS: dict[str, LazyString] = {
    "country": _("Country"),
    "area": _("Area"),
    "places": _("Names of places"),
    "partner": _("Partner"),
    "facts": _("Facts"),
    "serving": _("Partners here"),
    "problem": _("Problem type"),
    "programme": _("Programme"),
    "actors": _("Responsible offices"),
    "words": _("Words"),
    "answer": _("Ready answer"),
}

KINDS: dict[str, LazyString] = {
    "files": _("from the data files"),
    "edit": _("edited"),
    "import": _("imported"),
    "revert": _("gone back"),
}

FINDINGS: dict[FindingKind, LazyString] = {
    "nobody": _("No partner works here now: reports go to the country’s desk"),
    "lead_away": _("The lead is not at work: another partner takes its place"),
    "shadowed": _("Gets no reports: others before it have all its areas"),
    "overlap": _("Several partners have the same areas: the first of them gets the reports"),
    "hole": _("Areas that nobody has: the lead gets their reports, marked as outside area"),
    "expired": _("Has ended"),
    "ends_soon": _("Ends soon"),
    "not_begun": _("Has not begun yet"),
    "no_programme": _("Every programme that is entered has ended: who pays now?"),
}

GROUPS: dict[str, LazyString] = {
    "decisive": _("Words that name the service itself"),
    "any": _("Other words of this sector"),
    "slurs": _("Insults: recognised, never repeated"),
}


def label(labels: Mapping[str, LazyString], code: str) -> str:
    """The label in the page's language, else the code."""
    return str(labels[code]) if code in labels else code


def said_of(change: Change) -> str:
    """What a change is about: "ke-health · Words · sw · no-drugs"."""
    return " · ".join(filter(None, (change.place, label(PARTS, change.part), change.name)))
