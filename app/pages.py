"""The public home page, the pages that say what went wrong, and the files that all pages share."""

from __future__ import annotations

from flask import Blueprint, Response, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from werkzeug.exceptions import HTTPException

from app.access import gates
from app.access.layout import offer_to_templates
from app.database import transaction
from app.directory.current import channels, current_directory
from app.inbox.who_serves_whom import by_country

bp = Blueprint("pages", __name__, static_folder="static", static_url_path="/static")
gates.public(bp)
offer_to_templates(bp)

YEAR = 365 * 24 * 60 * 60

ERRORS = {
    400: (
        _("We could not read this form"),
        _("Perhaps it was open in another window, or your browser blocks our cookie. Go back and try it again."),
    ),
    403: (
        _("This page is not for your role"),
        _(
            "You are signed in, but this page belongs to other work."
            " What people wrote is read only where it is answered."
        ),
    ),
    404: (
        _("There is nothing here"),
        _("The address may be mistyped, or what it led to is not yours to see."),
    ),
    405: (
        _("This address only takes forms"),
        _("Go back to the page you came from and use its buttons."),
    ),
    413: (
        _("That was too much at once"),
        _("Make the text shorter or the file smaller, then send it again."),
    ),
    429: (
        _("Too many tries"),
        _("Wait 15 minutes, then try again."),
    ),
    500: (
        _("Something broke on our side"),
        _("It is not your fault, and nothing of yours was half stored. Try again in a minute."),
    ),
}


@bp.get("/")
def home() -> ResponseReturnValue:
    with transaction():
        directory, registered = current_directory(), channels()
    return render_template("pages/home.html", countries=by_country(directory, registered), directory=directory)


@bp.app_errorhandler(HTTPException)
def explain(error: HTTPException) -> Response:
    """The error in plain words; providers' machines get one plain line."""
    response = Response.force_type(error.get_response(), request.environ)
    if g.get("gate") == "provider":
        response.data, response.content_type = f"{error.code} {error.name}\n", "text/plain; charset=utf-8"
        return response
    title, advice = ERRORS.get(error.code or 500, ERRORS[500 if (error.code or 500) >= 500 else 400])
    response.data = render_template("errors/error.html", title=title, advice=advice, code=error.code)
    response.content_type = "text/html; charset=utf-8"
    return response


@bp.after_request
def keep_files(response: Response) -> Response:
    """A file whose address names its content may be kept for ever: data are dear."""
    if request.endpoint == "pages.static" and "v" in request.args and response.status_code == 200:
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
