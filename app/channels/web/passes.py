"""The pass to one report: given for the right secret, good for half an hour, stored nowhere.

It travels in a hidden field of each form, and in a cookie where the browser keeps one, so that the page can be
loaded again. A stranger's page cannot know it, so it is also what shows that a form is ours.
"""

from __future__ import annotations

import json
import time
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from flask import Response, current_app, request

from app.access.sessions import cookie_name, uses_https
from app.vault import CannotOpen

LASTS = 30 * 60
"""Seconds. Long enough to read and answer, short enough for a phone that goes from hand to hand."""

PLACE = "web/track/pass"
COOKIE = "gapline-report"
NO_REPORT = "none"
"""In the cookie before a report is opened: by it we see whether the browser keeps cookies."""


@dataclass(frozen=True)
class Pass:
    """The report it opens, and until when (Unix seconds)."""

    report_id: uuid.UUID
    until: int

    def sealed(self) -> str:
        said = json.dumps([str(self.report_id), self.until])
        return urlsafe_b64encode(current_app.extensions["vault"].seal(said, PLACE)).decode()


def issue(report_id: uuid.UUID) -> Pass:
    return Pass(report_id, int(time.time()) + LASTS)


def presented(text: str | None) -> Pass | None:
    """The pass in this text, if it is one and has not run out."""
    try:
        report_id, until = json.loads(current_app.extensions["vault"].open(urlsafe_b64decode(text or ""), PLACE))
        found = Pass(uuid.UUID(report_id), until)
    except (CannotOpen, ValueError):
        return None
    return found if time.time() < found.until else None


def from_form() -> Pass | None:
    return presented(request.form.get("pass"))


def from_cookie() -> Pass | None:
    return presented(_cookie())


def keeps_cookies() -> bool:
    """Whether this browser sent back the cookie of the page before."""
    return _cookie() is not None


def remember(response: Response, granted: Pass | None) -> None:
    """Put the pass in a cookie that ends with the browser and leaves with no request of another site; without one,
    only a mark."""
    value = granted.sealed() if granted else NO_REPORT
    response.set_cookie(cookie_name(COOKIE), value, secure=uses_https(), httponly=True, samesite="Strict", path="/")


def forget(response: Response) -> None:
    response.delete_cookie(cookie_name(COOKIE), secure=uses_https(), httponly=True, samesite="Strict", path="/")


def _cookie() -> str | None:
    return request.cookies.get(cookie_name(COOKIE))
