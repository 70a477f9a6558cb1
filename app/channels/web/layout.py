"""Putting a citizen's page together: its language, its words, and what the browser may keep of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Response, make_response, render_template

from app.channels.web import speaking, wording
from app.directory.catalogue import Country
from app.language import say

KEPT_FOR_BACK = "private, no-cache"
"""A browser goes back to such a page without sending the form again, and asks us before showing it otherwise."""

NEVER_KEPT = "no-store"


def show(
    template: str,
    language: str,
    country: Country | None = None,
    status: int = 200,
    keep: bool = False,
    **values: Any,
) -> Response:
    """The page `channels/<template>` in this language; `keep` where nothing on it is a person's own."""
    page = render_template(
        f"channels/{template}",
        say=partial(say, language),
        w=wording,
        language=language,
        own_name=speaking.OWN_NAMES[language],
        direction=speaking.direction(language),
        offered=speaking.offered(country, language),
        **values,
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = KEPT_FOR_BACK if keep else NEVER_KEPT
    return response
