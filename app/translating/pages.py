"""The pages on which leads and administrators read what we say in a language, correct it, and sign it off."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import gates
from app.database import transaction
from app.directory.current import current_directory, forget_directory
from app.directory.versions import NoReason, NothingChanged
from app.language import in_catalogue
from app.translating import wording
from app.translating.catalogues import catalogue, places
from app.translating.checking import Outcome, try_out
from app.translating.correcting import (
    Faulty,
    Overtaken,
    Wish,
    corrections_of,
    history,
    languages_of,
    said_now,
    save,
)
from app.translating.sizes import offering, screens, text_messages
from app.translating.standing import AlreadySo, sign, standing
from app.viewer import current_viewer
from sms.text import clean

bp = Blueprint("translating", __name__, url_prefix="/admin/languages")
gates.staff(bp, frozenset({"administrator", "partner_lead"}))
bp.add_app_template_filter(lambda state: str(wording.STATES[state]), "language_state")
bp.add_app_template_filter(lambda code: str(wording.WHERE[code]), "said_where")

PAGE = 50


@dataclass(frozen=True)
class Row:
    """One text in the list: `key` is its place in addresses."""

    key: str
    english: str
    said: str
    where: tuple[str, ...]
    is_corrected: bool


@dataclass(frozen=True)
class Form:
    """How the form stands: what is in it, what it does, and what is wrong as (field, message)."""

    said: str
    was: str
    why: str = ""
    outcome: Outcome | None = None
    problems: tuple[tuple[str, str], ...] = ()
    status: int = 200


@bp.get("")
def languages() -> ResponseReturnValue:
    with transaction() as session:
        directory = current_directory()
        mine = languages_of(current_viewer(), directory)
        rows = [(standing(session, code), offering(directory, code)) for code in mine]
    return render_template("translating/languages.html", rows=rows, directory=directory)


@bp.get("/<code>")
def language(code: str) -> ResponseReturnValue:
    """What is said in this language, fifty texts a page, as far as they hold the words looked for."""
    asked = {name: request.args.get(name, "").strip() for name in ("q", "where", "only")}
    with transaction() as session:
        _mine(code)
        corrected = corrections_of(session, code)
        stands = standing(session, code)
    rows = [row for row in _rows(code, corrected) if _is_wanted(row, asked)]
    first = max(request.args.get("first", 0, type=int), 0)
    shown = {"rows": rows[first : first + PAGE], "first": first, "found": len(rows), "page": PAGE, "asked": asked}
    return render_template("translating/language.html", stands=stands, where=wording.WHERE, **shown)


@bp.get("/<code>/aloud")
def aloud(code: str) -> ResponseReturnValue:
    """Every text message and every screen as a phone shows it, to be read aloud."""
    with transaction():
        _mine(code)
        directory = current_directory()
        shown = [(country, screens(directory, country, code)) for country in offering(directory, code)]
        texts = text_messages(code)
    return render_template("translating/aloud.html", code=code, texts=texts, shown_on=shown, directory=directory)


@bp.get("/<code>/text/<key>")
def text(code: str, key: str) -> ResponseReturnValue:
    english = _english(key)
    with transaction() as session:
        _mine(code)
        now = said_now(session, code, english)
    return _page(code, english, Form(now, now))


@bp.post("/<code>/text/<key>")
def correct(code: str, key: str) -> ResponseReturnValue:
    english = _english(key)
    with transaction():
        _mine(code)
    wish = _wish(code, english)
    if request.form.get("act") == "look":
        return _page(code, english, _looked_at(wish))
    form = Form(wish.said, wish.was, wish.why, status=422)
    try:
        with transaction() as session:
            save(session, wish)
    except Faulty as wrong:
        return _page(code, english, _with(form, *(("said", wording.told(fault)) for fault in wrong.faults)))
    except NothingChanged:
        return _page(code, english, _with(form, ("said", wording.unchanged())))
    except NoReason:
        return _page(code, english, _with(form, ("why", wording.no_reason())))
    except Overtaken as newer:
        overtaken = Form(wish.said, newer.now, wish.why, status=409)
        return _page(code, english, _with(overtaken, ("said", wording.overtaken())))
    forget_directory()
    return redirect(url_for("translating.text", code=code, key=key, saved=1), 303)


@bp.post("/<code>/sign-off")
def sign_off(code: str) -> ResponseReturnValue:
    try:
        with transaction() as session:
            _mine(code)
            sign(session, code, holds=request.form.get("act") != "withdraw")
    except AlreadySo:
        pass
    return redirect(url_for("translating.language", code=code), 303)


def _wish(code: str, english: str) -> Wish:
    said, was, why = (clean(request.form.get(name, "")).replace("\r\n", "\n") for name in ("said", "was", "why"))
    return Wish(code, english, was, said.strip(), why.strip())


def _looked_at(wish: Wish) -> Form:
    with transaction():
        outcome = try_out(current_directory(), wish.language, wish.text, wish.said)
    problems = tuple(("said", wording.told(fault)) for fault in outcome.faults)
    return Form(wish.said, wish.was, wish.why, outcome, problems, 422 if problems else 200)


def _with(form: Form, *problems: tuple[str, str]) -> Form:
    return Form(form.said, form.was, form.why, None, problems, form.status)


def _page(code: str, english: str, form: Form) -> ResponseReturnValue:
    with transaction() as session:
        past = history(session, code, english)
    message = catalogue(code).get(english)
    given = {
        "english": english,
        "key": _key(english),
        "where": wording.where(places()[english]),
        "hints": message.auto_comments if message else [],
        "catalogued": in_catalogue(code, english),
        "past": past,
    }
    page = render_template("translating/text.html", code=code, form=form, saved="saved" in request.args, **given)
    return page, form.status


def _mine(code: str) -> None:
    """A language that is not the viewer's leads nowhere."""
    if code not in languages_of(current_viewer(), current_directory()):
        abort(404)


def _rows(code: str, corrected: dict[str, str]) -> list[Row]:
    """In the order of where they stand."""
    rows = (
        Row(
            _key(english),
            english,
            corrected.get(english) or in_catalogue(code, english),
            wording.where(paths),
            english in corrected,
        )
        for english, paths in places().items()
    )
    return sorted(rows, key=lambda row: (list(wording.WHERE).index(row.where[0]), row.english))


def _is_wanted(row: Row, asked: dict[str, str]) -> bool:
    words = asked["q"].casefold()
    here = not asked["where"] or asked["where"] in row.where
    corrected = asked["only"] != "corrected" or row.is_corrected
    return here and corrected and (words in row.english.casefold() or words in row.said.casefold())


def _english(key: str) -> str:
    return _by_key().get(key) or abort(404)


@cache
def _by_key() -> dict[str, str]:
    return {_key(english): english for english in places()}


def _key(english: str) -> str:
    return hashlib.sha256(english.encode()).hexdigest()[:12]
