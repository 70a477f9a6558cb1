"""Why a report was routed as it was, in the page's language.

It is stored in the English of app.directory.routing, whose sentences have a few fixed forms: each is known here.
"""

from __future__ import annotations

import re

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.access.speaking import page_language
from app.directory.catalogue import Directory
from app.inbox.naming import name_of_area
from app.reports.models import Report

ENTRY_POINT = "(?P<entry_point>[a-z]{2}-[a-z0-9-]+)"
AREA = "(?P<area>[A-Z]{2}-[A-Z0-9]{1,3})"
LEAD, STAND_IN = "'s lead", "'s first partner while its lead is not at work"

FORMS: dict[str, LazyString] = {
    "no sector is known": _("It is not known what it is about."),
    "no entry point for .+ in [A-Z]{2}": _("There is no entry point in %(country)s for what it is about."),
    f"no partner is working at {ENTRY_POINT} on this day": _(
        "No partner was working at %(entry_point)s on that day."
    ),
    f"no area is known: {ENTRY_POINT}{LEAD}": _("No area was known, so the lead of %(entry_point)s has it."),
    f"no area is known: {ENTRY_POINT}{STAND_IN}": _(
        "No area was known, and the lead of %(entry_point)s was not at work: the first other partner has it."
    ),
    f"{AREA} is in this partner's area at {ENTRY_POINT}": _("%(area)s is in this partner's area."),
    f"{AREA} is outside every partner's area: {ENTRY_POINT}{LEAD}": _(
        "%(area)s is in no partner's area, so the lead of %(entry_point)s has it."
    ),
    f"{AREA} is outside every partner's area: {ENTRY_POINT}{STAND_IN}": _(
        "%(area)s is in no partner's area, and the lead of %(entry_point)s was not at work: the first other partner"
        " has it."
    ),
}

AFTER_SENDING, AFTER_CORRECTING = "sent on by people; ", "place corrected by people; "
BEFORE: dict[str, LazyString] = {
    AFTER_SENDING: _("Sent on by hand."),
    AFTER_CORRECTING: _("The place was corrected by hand."),
}
"""What people did that led to the routing, in front of its reason."""


def why_routed(report: Report, directory: Directory) -> str | None:
    """The reason in the page's language; None where there is none, or of a form that is not known."""
    before = next((start for start in BEFORE if report.why.startswith(start)), "")
    said = _said(report, report.why.removeprefix(before), directory)
    return " ".join(filter(None, (str(BEFORE[before]) if before else "", said))) if said else None


def _said(report: Report, why: str, directory: Directory) -> str | None:
    for form, words in FORMS.items():
        found = re.fullmatch(form, why)
        if found:
            return str(words) % _names(report, found.groupdict(), directory)
    return None


def _names(report: Report, codes: dict[str, str], directory: Directory) -> dict[str, str | None]:
    language = page_language()
    entry = next((one for one in directory.entry_points if one.slug == codes.get("entry_point")), None)
    return {
        "entry_point": entry.name_in(language) if entry else codes.get("entry_point"),
        "area": name_of_area(codes.get("area"), directory),
        "country": directory.country(report.country).name_in(language),
    }
