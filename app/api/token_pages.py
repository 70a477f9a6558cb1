"""The page on which leads make and revoke tokens, and what the API is, for whoever writes a program."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import gates
from app.access.proof import prove_first
from app.api import tokens
from app.api.openapi import document
from app.database import transaction
from app.inbox.acts import Refused

bp = Blueprint("tokens", __name__, url_prefix="/api/tokens")
gates.staff(bp, frozenset({"partner_lead"}))

about_bp = Blueprint("about_api", __name__, url_prefix="/api")
gates.public(about_bp)


@bp.get("")
def manage() -> ResponseReturnValue:
    return _page()


@bp.post("")
@prove_first
def make() -> ResponseReturnValue:
    """The token is on the page that answers, and nowhere else ever again."""
    days = request.form.get("days", "")
    try:
        with transaction() as session:
            made = tokens.make(
                session,
                request.form.get("name", ""),
                request.form.getlist("scopes"),
                int(days) if days.isascii() and days.isdigit() else 0,
            )
    except Refused as refused:
        return _page(refused), 422
    return _page(made=made)


@bp.post("/<int:number>/revoke")
def revoke(number: int) -> ResponseReturnValue:
    try:
        with transaction() as session:
            tokens.revoke(session, number)
    except tokens.NoSuchToken:
        abort(404)
    return redirect(url_for(".manage"), 303)


@about_bp.get("")
def about() -> ResponseReturnValue:
    return render_template("api/about.html", document=_document(), scopes=tokens.SCOPES)


@about_bp.get("/openapi.json")
def openapi() -> ResponseReturnValue:
    return jsonify(_document())


def _document() -> dict:
    return document(current_app.extensions["settings"].public_url)


def _page(problem: Refused | None = None, made: str | None = None) -> str:
    with transaction() as session:
        listed = tokens.listed(session)
    return render_template(
        "api/tokens.html",
        tokens=listed,
        is_live=tokens.is_live,
        scopes=tokens.SCOPES,
        days=tokens.DAYS,
        problem=problem,
        made=made,
        here=url_for(".manage"),
    )
