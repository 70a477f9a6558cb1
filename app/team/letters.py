"""The letter that asks somebody to join."""

from __future__ import annotations

from flask_babel import gettext as _

from app.access.letters import address
from app.access.models import Invitation
from app.directory.current import current_directory
from app.mail.letter import Letter, one_line, written_in


def invitation(asked: Invitation, token: str) -> Letter:
    """In the language that who invites has chosen for them."""
    with written_in(asked.language):
        body = _(
            "%(name)s asks you to join %(place)s at Gapline, where people report gaps in public services and those "
            "who serve them answer.\n\nTo join, open this link within seven days:\n\n%(link)s\n\n"
            "If you do not know what this is about, do nothing.\n",
            name=one_line(asked.by),
            place=place_of(asked.partner, asked.country),
            link=address(f"/join/{token}"),
        )
        return Letter(asked.email, _("You are asked to join Gapline"), body, "invitation")


def place_of(partner: str | None, country: str | None) -> str:
    """The team's name as people know it."""
    directory = current_directory()
    if partner:
        return next((one.acronym for one in directory.partners if one.slug == partner), partner)
    name = next((one.name for one in directory.countries if one.code == country), None)
    return _("the desk of %(country)s", country=name) if name else "Gapline"
