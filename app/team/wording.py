"""What the pages of a team say where the code speaks in words of its own."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

INVITATION_FAULTS = {
    "address": _("This is not one e-mail address."),
    "place": _("Choose a role and its place."),
    "known": _("This person has an account that cannot join here."),
    "many": _("You have invited many people today: go on tomorrow."),
}
EVENTS = {
    "joined": _("joined"),
    "role": _("given another role"),
    "entry_points": _("confined to some entry points, or no more"),
    "disabled": _("account shut"),
    "enabled": _("account opened again"),
    "removed": _("taken out of a team"),
    "factor_removed": _("second factor taken off"),
}
ABSENCE_FAULTS = {
    "from": _("Give the first day."),
    "until": _("Give the last day: not before the first, and not in the past."),
    "to": _("Choose one of your colleagues."),
}
