"""Text is sent compressed where the browser takes it: data are dear, and the server before us does not do it."""

from __future__ import annotations

import gzip

from flask import Flask, Response, g, request

LEVEL = 6
"""zlib's usual middle; a page of 10 KB takes 0.2 ms."""

SMALLEST = 400
"""Bytes. What is shorter fits one packet anyway."""

TEXT = frozenset({"application/javascript", "application/json", "image/svg+xml", "application/manifest+json"})
"""Besides everything that is `text/…`."""


def init(app: Flask) -> None:
    """Compress the responses of this app, except the pages of staff.

    Those hold a form token beside words that a stranger wrote, and the length of such a page, compressed, tells
    something of the token to whoever watches the line (BREACH, CVE-2013-3587).
    """
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if not _is_text(response) or g.get("gate") == "staff":
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] <= 0 or _must_stay(response):
        return response
    response.direct_passthrough = False
    plain = response.get_data()
    if len(plain) >= SMALLEST:
        response.set_data(gzip.compress(plain, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        _weaken_etag(response)
    return response


def _is_text(response: Response) -> bool:
    return response.mimetype.startswith("text/") or response.mimetype in TEXT


def _must_stay(response: Response) -> bool:
    """Without a body, a part of a whole, encoded already, or made while it is sent."""
    is_partial = response.status_code < 200 or response.status_code in {204, 206, 304}
    is_stream = response.is_streamed and not response.direct_passthrough
    return is_partial or is_stream or "Content-Encoding" in response.headers or request.method == "HEAD"


def _weaken_etag(response: Response) -> None:
    """The compressed form means the same but is not the same bytes (RFC 9110, section 8.8.1)."""
    tag, is_weak = response.get_etag()
    if tag and not is_weak:
        response.set_etag(tag, weak=True)
