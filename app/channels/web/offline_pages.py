"""What lets somebody report without network: a page that the browser keeps, and the way in for what waited there.

The browser's worker has the pages of reporting as its scope and no others; what it keeps is this one page, which is
the same for everybody (docs/decisions/0009).
"""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, jsonify, request, send_from_directory
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from app.access import gates
from app.access.layout import STATIC, asset
from app.channels.web import brakes, choices, photo_field, speaking, steps, wording
from app.channels.web.answers import KEPT_FOR, Answers, Unreadable, begin
from app.channels.web.drafts import read_draft
from app.channels.web.filing import file_answers
from app.channels.web.layout import show
from app.channels.web.origin import refuse_other_sites
from app.channels.web.reading import Problem, Wrong, in_country
from app.channels.web.showing import World, world_of
from app.language import say
from app.photos.keeping import MOST_PHOTOS

bp = Blueprint("offline", __name__, url_prefix="/report")
gates.public(bp)
refuse_other_sites(bp)

A_DAY = "public, max-age=86400"
SCOPE = "/report"
COLOUR, PAPER = "#12231f", "#ffffff"
SIZES = (192, 512)
"""Pixels of the icons that browsers ask for before they offer to install."""


@bp.get("/kept")
def kept() -> ResponseReturnValue:
    """The whole form on one page, for a browser that keeps it; of a country if it is known by then."""
    answers = _asked_for()
    world = world_of(answers)
    response = show("kept.html", answers.language, world.country(answers), keep=True, **_values(answers, world))
    response.headers["Cache-Control"] = A_DAY
    return response


@bp.post("/kept")
def send() -> ResponseReturnValue:
    """File what waited, once however often it comes; answers in JSON, which the page's script shows."""
    request.max_content_length = photo_field.MOST_POSTED
    answers = read_draft(request.form)
    photos = photo_field.read_photos(request.files.getlist(photo_field.FIELD), request.remote_addr)
    filed = file_answers(answers, photos, request.remote_addr, timedelta(seconds=KEPT_FOR))
    return jsonify(reference=filed.reference, secret=filed.secret)


@bp.get("/worker.js")
def worker() -> ResponseReturnValue:
    """The worker itself: browsers look for a newer one, and its address bounds what it may ever see."""
    response = send_from_directory(STATIC / "offline", "worker.js", mimetype="text/javascript")
    response.headers.update({"Cache-Control": "no-cache", "Service-Worker-Allowed": SCOPE})
    return response


@bp.get("/app.webmanifest")
def manifest() -> ResponseReturnValue:
    """What a browser must know to put this on the phone's home screen."""
    language = _language()
    pictures = [_icon(size, purpose) for size in SIZES for purpose in ("any", "maskable")]
    said = {"name": "Gapline", "short_name": "Gapline", "description": say(language, wording.BRAND)}
    where = {"start_url": SCOPE, "scope": SCOPE, "id": SCOPE, "display": "minimal-ui"}
    look = {"theme_color": COLOUR, "background_color": PAPER, "icons": pictures}
    response = jsonify(**said, **where, **look, lang=language, dir=speaking.direction(language))
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = A_DAY
    return response


@bp.errorhandler(Wrong)
def wrong(error: Wrong) -> ResponseReturnValue:
    return _refused(error.problems), 422


@bp.errorhandler(Unreadable)
def unreadable(_error: Unreadable) -> ResponseReturnValue:
    return _refused((Problem("", wording.START_AGAIN_WHY),)), 400


@bp.errorhandler(RequestEntityTooLarge)
def too_big(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    return _refused((Problem(photo_field.FIELD, wording.TOO_BIG),)), 413


@bp.errorhandler(brakes.TooMany)
def too_many(_error: brakes.TooMany) -> ResponseReturnValue:
    """It goes on waiting on the phone."""
    return jsonify(), 429, {"Retry-After": str(int(brakes.WINDOW.total_seconds()))}


def _refused(problems: tuple[Problem, ...]) -> Response:
    language = _language()
    said = [{"field": one.field, "message": say(language, one.message, **one.said)} for one in problems]
    return jsonify(problems=said)


def _language() -> str:
    return speaking.chosen_language() or speaking.browser_language()


def _asked_for() -> Answers:
    """An empty form in the language and country of the address."""
    answers = begin(_language(), is_chosen=True)
    directory, code = world_of(answers).directory, request.args.get("country", "").upper()
    return in_country(answers, code, directory) if code in {one.code for one in directory.countries} else answers


def _values(answers: Answers, world: World) -> dict[str, object]:
    country = world.country(answers)
    return {
        "steps": [step for step in steps.QUESTIONS if _is_on_page(step, answers, world)],
        "questions": wording.QUESTIONS,
        "countries": choices.choices("country", answers, world.directory),
        "sectors": choices.every_sector(answers, world.directory),
        "problems_of": choices.problems_by_sector(answers, world.directory),
        "readers": choices.readers(answers, world.directory),
        "areas": choices.areas(answers, world.directory),
        "country_code": answers.country or "",
        "country_name": country.name_in(answers.language) if country else "",
        "field": photo_field.FIELD,
        "most_photos": MOST_PHOTOS,
        "entered": {},
    }


def _is_on_page(step: str, answers: Answers, world: World) -> bool:
    """Whether the page can ask it: problems, areas and a number belong to a country."""
    if answers.country is None:
        return step not in ("problem", "contact")
    return step != "country" and step in steps.asked(answers, world.directory, world.can_text)


def _icon(size: int, purpose: str) -> dict[str, str]:
    source = asset(f"icons/{purpose}-{size}.png")
    return {"src": source, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
