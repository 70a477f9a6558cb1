"""The page "for me", following a report or not, and choosing one's letters."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import gates
from app.database import transaction
from app.inbox.acting import act
from app.inbox.following.choosing import BadChoice, Choosing, choose, choosing
from app.inbox.following.followers import follow
from app.inbox.following.for_me import KINDS, read_all, read_for_me
from app.inbox.pages import TRIAGE

bp = Blueprint("following", __name__)
gates.staff(bp, TRIAGE)

BIGGEST = 2**63 - 1


@bp.get("/inbox/for-me")
def for_me() -> ResponseReturnValue:
    kind = request.args.get("kind", "")
    before, after = (_place(request.args.get(name, "")) for name in ("before", "after"))
    with transaction() as session:
        page = read_for_me(session, kind if kind in KINDS else "", before, after)
    return render_template("inbox/for_me.html", page=page, done=request.args.get("done"))


@bp.post("/inbox/for-me/read")
def read_everything() -> ResponseReturnValue:
    with transaction() as session:
        read_all(session)
    return redirect(url_for(".for_me", done="read"), 303)


@bp.post("/inbox/<reference>/follow")
def follow_report(reference: str) -> ResponseReturnValue:
    follows = request.form.get("follows") == "yes"
    return act(reference, "followed" if follows else "unfollowed", lambda s, r, _form: follow(s, r, follows))


@bp.get("/account/letters")
def letters() -> ResponseReturnValue:
    with transaction() as session:
        shown = choosing(session)
    return _letters(shown)


@bp.post("/account/letters")
def choose_letters() -> ResponseReturnValue:
    try:
        with transaction() as session:
            choose(session, request.form)
    except BadChoice as bad:
        return _letters(bad.choosing, wrong=bad.field), 422
    return redirect(url_for(".letters", done="kept"), 303)


def _letters(shown: Choosing, wrong: str = "") -> str:
    return render_template("inbox/letters.html", page=shown, wrong=wrong, done=request.args.get("done"))


def _place(text: str) -> int | None:
    """A line's number, as the links of the page have it; anything else is no place."""
    is_number = text.isascii() and text.isdigit() and len(text) < 20
    return int(text) if is_number and int(text) <= BIGGEST else None
