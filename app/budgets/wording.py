"""The words for calendars and flows, in the languages of staff, in which also the public pages explain money."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _


@dataclass(frozen=True)
class Kind:
    """What happens in a window, and what people can do then."""

    name: LazyString
    to_do: LazyString


KINDS: dict[str, Kind] = {
    "guidelines": Kind(
        _("Offices are told how to ask for money"),
        _("Ask the office in charge to ask for money for your service."),
    ),
    "timetable": Kind(_("The timetable of the budget is set"), _("Ask when and where people will be heard.")),
    "call": Kind(_("The government asks people for proposals"), _("Write what is missing, and where.")),
    "plan": Kind(_("The plan for next year is made"), _("Ask whether your service is in it.")),
    "hearing": Kind(_("People are heard"), _("Go there together and say what is missing.")),
    "negotiation": Kind(
        _("Ministries ask for their share"), _("Ask the ministry to ask for money for your service.")
    ),
    "ceilings": Kind(
        _("It is set how much each sector may ask for"), _("Ask whether the share of your sector falls.")
    ),
    "strategy": Kind(
        _("Priorities and amounts are proposed"), _("Ask your representative to speak for your service.")
    ),
    "tabled": Kind(
        _("The draft budget is presented"), _("Look for the line of your service, and compare it with last year.")
    ),
    "comment": Kind(_("People may comment on the draft budget"), _("Write what should change, and send it in.")),
    "vote": Kind(
        _("It is debated and decided"), _("Ask your representative to speak for your service before the vote.")
    ),
    "implementation_plan": Kind(
        _("It is set what is spent where and when"), _("Ask when the money comes to your place.")
    ),
    "mid_year": Kind(_("The first half of the year is looked at"), _("Show what has not arrived.")),
    "adjustment": Kind(
        _("The budget is changed during the year"), _("Ask that money which is not used goes to what is missing.")
    ),
    "report": Kind(_("A report says what was spent"), _("Compare it with what you see.")),
    "audit": Kind(_("The auditor reports"), _("Tell the auditor what you have seen.")),
}

LEVELS: dict[str, LazyString] = {
    "national": _("National"),
    "regional": _("State, province, region or county"),
    "local": _("Municipality, district or commune"),
    "facility": _("Facility or scheme"),
}

PARTS: dict[str, LazyString] = {
    "plans": _("Plans it"),
    "approves": _("Decides on it"),
    "releases": _("Releases it"),
    "spends": _("Spends it"),
    "checks": _("Checks it"),
    "hears": _("Hears people who were not served"),
}
