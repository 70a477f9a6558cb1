"""What every response says to the browser, which forms are believed, and in which language pages speak."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Flask, Response, g
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect

from app.access.speaking import page_language
from app.language import CATALOGUES

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""No inline script or style anywhere, so no nonce is needed."""

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
TWO_YEARS = "max-age=63072000"


def init(app: Flask, machines: Iterable[Blueprint] = ()) -> None:
    """Protect this app: headers on every response, errors included, and a token in every form.

    `machines` are the blueprints that programs post to: they prove themselves otherwise and have no token.
    """
    _say_headers(app)
    _demand_tokens(app, machines)
    Babel(
        app,
        default_domain="staff",
        default_translation_directories=str(CATALOGUES),
        locale_selector=page_language,
    )


def _demand_tokens(app: Flask, machines: Iterable[Blueprint]) -> None:
    https = app.extensions["settings"].uses_https
    app.config.update(
        SESSION_COOKIE_NAME="__Host-gapline-form" if https else "gapline-form",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_SSL_STRICT=False,  # the `__Host-` cookie binds the token; some people's browsers send no referrer
        WTF_CSRF_TIME_LIMIT=None,  # a form left open over lunch is still good while its cookie lives
    )
    csrf = CSRFProtect(app)
    for blueprint in machines:
        csrf.exempt(blueprint)


def _say_headers(app: Flask) -> None:
    https = app.extensions["settings"].uses_https
    headers = HEADERS | ({"Strict-Transport-Security": TWO_YEARS} if https else {})

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.update(headers)
        _keep_private(response)
        return response


def _keep_private(response: Response) -> None:
    """Staff pages are never stored; others are not either, unless they say so themselves."""
    if g.get("gate") == "staff" and not response.cache_control.no_store:
        response.headers["Cache-Control"] = "no-store"
    response.headers.setdefault("Cache-Control", "no-store")
