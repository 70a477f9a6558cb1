"""The directory as staff read it: who serves whom, and for administrators how people reach us."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.access import gates
from app.access.speaking import page_language
from app.database import transaction
from app.directory.catalogue import Country, Directory, EntryPoint
from app.directory.channels import Channel
from app.directory.current import channels, current_directory
from app.viewer import ROLES, current_viewer

bp = Blueprint("who_serves_whom", __name__)
gates.staff(bp, ROLES)


@dataclass(frozen=True)
class CountryPage:
    """A country with its entry points and its numbers."""

    country: Country
    desk: str
    entry_points: tuple[EntryPoint, ...]
    channels: tuple[Channel, ...]


@bp.get("/directory")
def directory() -> ResponseReturnValue:
    with transaction():
        everything, registered = current_directory(), channels()
    shown = registered if current_viewer().kind == "administrator" else ()
    return render_template(
        "inbox/directory.html",
        countries=by_country(everything, registered),
        directory=everything,
        registry=shown,
    )


def by_country(directory: Directory, registered: tuple[Channel, ...]) -> tuple[CountryPage, ...]:
    """The directory grouped by country, in the order of their names on this page."""
    language = page_language()
    return tuple(
        CountryPage(
            country,
            directory.partner(country.desk).name,
            tuple(entry for entry in directory.entry_points if entry.country == country.code),
            tuple(channel for channel in registered if channel.country == country.code),
        )
        for country in sorted(directory.countries, key=lambda country: country.name_in(language))
    )
