"""What each page of tracking shows."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import Response, request

from app.channels.web import brakes, track_wording
from app.channels.web.layout import show
from app.channels.web.passes import Pass
from app.channels.web.reading import Problem
from app.channels.web.tracking import Tracked
from app.directory.catalogue import OTHER
from app.language import say
from app.outbox.wording import SECTORS, STATES
from sms.text import clean

EXAMPLE = "KE-7F3K9QS"
DONE = {
    "written": track_wording.WRITTEN,
    "deleted": track_wording.DELETED,
    "left": track_wording.LEFT,
}
"""What was just done, by what stands in the address."""


def open_page(language: str, problems: tuple[Problem, ...] = (), status: int = 200) -> Response:
    """The two fields. The reference is shown again after a mistake, the secret never."""
    entered = {"reference": _given("reference"), "secret": ""}
    done = DONE["left"] if request.args.get("done") == "left" else None
    values = {"entered": entered, "example": EXAMPLE, "done": done, "problems": problems}
    return show("track_open.html", language, status=status, t=track_wording, **values)


def report_page(
    language: str, granted: Pass, tracked: Tracked, done: str | None, problem: Problem | None
) -> Response:
    """Where the report stands, and what the person can do."""
    state = say(language, STATES[tracked.status])
    return show(
        "track_report.html",
        language,
        tracked.country,
        422 if problem else 200,
        t=track_wording,
        tracked=tracked,
        about=_about(language, tracked),
        state=state[:1].upper() + state[1:],
        comes=track_wording.WHAT_COMES[tracked.status],
        done=DONE.get(done or ""),
        granted=granted.sealed(),
        form=_given("form") if problem else uuid.uuid4(),
        entered={"words": _given("words") if problem else ""},
        problems=(problem,) if problem else (),
        day_of=partial(_day, tracked.country.timezone, language),
    )


def _about(language: str, tracked: Tracked) -> str:
    """The sector and the problem in words, as far as they are known."""
    sector = say(language, SECTORS[tracked.sector or OTHER])
    return f"{sector}: {tracked.problem.name_in(language)}" if tracked.problem else sector


def confirm_page(language: str, granted: Pass) -> Response:
    """Whether the words shall really go."""
    return show("track_delete.html", language, t=track_wording, granted=granted.sealed())


def _given(field: str) -> str:
    """What was posted, as it may be shown again."""
    return clean(request.form.get(field, ""))


def _day(timezone: str, language: str, at: datetime) -> str:
    """The day by the country's own clock. English is that of the world, not of one country: CLDR's `en-001`."""
    return format_date(at.astimezone(ZoneInfo(timezone)), "long", locale="en_001" if language == "en" else language)


def too_many_tries_page(language: str) -> Response:
    return _too_many(language, track_wording.TOO_MANY_WHY)


def too_many_messages_page(language: str, granted: Pass) -> Response:
    return _too_many(language, track_wording.TOO_MANY_MESSAGES, granted.sealed())


def _too_many(language: str, why: str, granted: str | None = None) -> Response:
    response = show("track_too_many.html", language, status=429, t=track_wording, why=why, granted=granted)
    response.headers["Retry-After"] = str(int(brakes.WINDOW.total_seconds()))
    return response
