"""What each page of the report form shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, url_for

from app.channels.web import brakes, choices, steps
from app.channels.web.answers import Answers, seal
from app.channels.web.filing import Filed
from app.channels.web.layout import show
from app.channels.web.photo_field import FIELD
from app.channels.web.reading import NOT_LISTED, Problem
from app.channels.web.wording import QUESTIONS
from app.database import transaction
from app.directory.catalogue import Country, Directory
from app.directory.channels import Channel
from app.directory.current import channels, current_directory
from app.photos.keeping import MOST_PHOTOS

TEMPLATES = {"area": "area.html", "words": "words.html", "contact": "contact.html", "check": "check.html"}

WRITTEN = {"area": "place", "words": "words", "contact": "number"}
"""The field of each page in which people write in their own words."""


@dataclass(frozen=True)
class World:
    """What the pages look things up in. `channels` are those of the answers' country, the website left out."""

    directory: Directory
    channels: tuple[Channel, ...]

    @property
    def can_text(self) -> bool:
        return any(channel.kind == "sms" for channel in self.channels)

    def country(self, answers: Answers) -> Country | None:
        return self.directory.country(answers.country) if answers.country else None


def world_of(answers: Answers) -> World:
    """The directory as it stands, and the channels of the answers' country."""
    with transaction():
        own = tuple(channel for channel in channels() if channel.country == answers.country)
        return World(current_directory(), own)


@dataclass(frozen=True)
class Refused:
    """What was posted and cannot be gone on with, and why."""

    entered: Mapping[str, str]
    problems: tuple[Problem, ...]


def question_page(step: str, answers: Answers, world: World, refused: Refused | None = None) -> Response:
    """The page of one step, with what was answered there before or has just been refused."""
    values: dict[str, Any] = {
        "step": step,
        "country_code": answers.country,
        "question": QUESTIONS[step],
        "is_optional": steps.is_optional(answers, step),
        "before": steps.step_before(step, answers, world.directory, world.can_text),
        "sealed": _sealed(answers),
        "entered": refused.entered if refused else _entered(answers),
        "problems": refused.problems if refused else (),
        "choices": choices.choices(step, answers, world.directory),
    }
    template, country = TEMPLATES.get(step, "choose.html"), world.country(answers)
    values |= MORE[step](answers, world) if step in MORE else {}
    may_keep = _is_bare(step, values["entered"])
    return show(template, answers.language, country, 422 if refused else 200, may_keep, **values)


def done_page(filed: Filed, answers: Answers, world: World) -> Response:
    """The reference and the secret, and what happens next."""
    reader = world.directory.partner(filed.partner).name
    return show("done.html", answers.language, world.country(answers), filed=filed, reader=reader)


def too_many_page(answers: Answers, world: World, with_photos: bool) -> Response:
    """The answers are kept in the page, so that it can be sent again later; photos have to be chosen again."""
    country, sealed, most = world.country(answers), _sealed(answers), brakes.FILE.most
    values = {
        "ways": _by_phone(world),
        "most": most,
        "sealed": sealed,
        "back_to": steps.CHECK if with_photos else None,
    }
    response = show("too_many.html", answers.language, country, 429, **values)
    response.headers["Retry-After"] = str(int(brakes.WINDOW.total_seconds()))
    return response


def too_big_page(language: str) -> Response:
    """For photos that are too big together."""
    return show("too_big.html", language, status=413, most=MOST_PHOTOS)


def start_again_page(language: str) -> Response:
    """For a form that we cannot read any more."""
    return show("start_again.html", language, status=400, again=url_for("report.start", language=language))


def _is_bare(step: str, entered: Mapping[str, str]) -> bool:
    """Whether the page shows nothing that a person wrote, so that a browser may keep it for its back button."""
    return step != steps.CHECK and not entered.get(WRITTEN.get(step, ""))


def _sealed(answers: Answers) -> str:
    return seal(answers, current_app.extensions["vault"])


def _entered(answers: Answers) -> dict[str, str]:
    names = ("country", "sector", "area", "place", "location", "words", "for_other", "contact", "number")
    problem = NOT_LISTED if answers.problem == "" else answers.problem or ""
    return {name: getattr(answers, name) or "" for name in names} | {"problem": problem}


def _by_phone(world: World) -> tuple[Channel, ...]:
    return tuple(channel for channel in world.channels if channel.kind in ("sms", "ussd"))


def _area(answers: Answers, world: World) -> dict[str, Any]:
    return {"areas": choices.areas(answers, world.directory)}


def _words(answers: Answers, world: World) -> dict[str, Any]:
    return {"reader": choices.reader(answers, world.directory)}


def _contact(answers: Answers, world: World) -> dict[str, Any]:
    country = world.country(answers)
    return {"country_name": country.name_in(answers.language) if country else ""}


def _check(answers: Answers, world: World) -> dict[str, Any]:
    asked = steps.asked(answers, world.directory, world.can_text)
    said = choices.summary(answers, world.directory, asked)
    photos = {"most_photos": MOST_PHOTOS, "field": FIELD}
    return {
        "summary": said,
        "for_other": answers.for_other,
        "questions": QUESTIONS,
        **photos,
        **_words(answers, world),
    }


MORE = {"area": _area, "words": _words, "contact": _contact, "check": _check}
