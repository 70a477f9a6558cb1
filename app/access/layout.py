"""What the layout of every page knows: its language, who is signed in, and where the shared files are."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, request, url_for
from flask_babel import lazy_pgettext

from app.access.people import current_person, landing_of
from app.access.speaking import own_name, page_direction, page_language
from app.language import STAFF_LANGUAGES

COLON = lazy_pgettext("between a name and what it is", ": ")
"""French has a space before it."""

STATIC = Path(__file__).parent.parent / "static"


def offer_to_templates(blueprint: Blueprint) -> None:
    """Give the layout's values to every template of the app that registers this blueprint."""
    blueprint.app_context_processor(values)
    blueprint.add_app_template_global(COLON, "colon")  # also where templates are imported without context


def values() -> dict[str, Any]:
    person = current_person()
    return {
        "asset": asset,
        "has_simulator": "simulator" in current_app.blueprints,
        "here": request.full_path.rstrip("?") if request.method == "GET" else "",
        "languages": tuple((language, own_name(language)) for language in STAFF_LANGUAGES),
        "page_direction": page_direction(),
        "page_language": page_language(),
        "elsewhere": person.elsewhere if person else (),
        "viewer": person.viewer if person else None,
        "work_page": url_for(landing_of(person.viewer.kind)) if person else None,
    }


def asset(name: str) -> str:
    """The address of a shared file, with its content in the address so that a change is seen at once."""
    return url_for("pages.static", filename=name, v=_fingerprint(name))


@cache
def _fingerprint(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
