"""Forms of other sites are refused by what the browser says of itself, which needs no cookie.

Fetch Metadata (W3C, Sec-Fetch-Site) where it is sent, else the Origin header (RFC 6454). Browsers that send neither
are let through: what they could be made to do by another site is to open a report whose secret that site knows.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, request


def refuse_other_sites(blueprint: Blueprint) -> None:
    """Answer 400 to every POST of this blueprint that began on another site."""
    blueprint.before_request(_refuse)


def _refuse() -> None:
    if request.method == "POST" and not _is_ours():
        abort(400)


def _is_ours() -> bool:
    said = request.headers.get("Sec-Fetch-Site")
    if said is not None:
        return said in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    return urlsplit(origin).netloc in (request.host, urlsplit(current_app.extensions["settings"].public_url).netloc)
