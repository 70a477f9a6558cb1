"""The words that staff and readers of open figures see for sectors and for what is counted."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

SECTORS: dict[str, LazyString] = {
    "agriculture": _("Agriculture"),
    "mining": _("Mining"),
    "water-sanitation": _("Water and sanitation"),
    "health": _("Health"),
    "education": _("Education"),
    "fishing": _("Fishing"),
    "social-assistance": _("Social assistance"),
    "other": _("Other matters"),
}

MEASURES: dict[str, LazyString] = {
    "people": _("People"),
    "reports": _("Reports"),
    "gaps": _("Gaps"),
    "cases": _("Cases opened"),
    "fixes": _("Fixes confirmed"),
}
"""In the order of columns."""

MEANINGS: dict[str, LazyString] = {
    "people": _("different phones that reported; who reports without one is counted under reports only"),
    "reports": _("everything that was reported, without duplicates"),
    "gaps": _("problems of one kind in one area that somebody reported"),
    "cases": _("gaps that partners began to follow through the budget"),
    "fixes": _("cases that people themselves confirmed as mended"),
}
