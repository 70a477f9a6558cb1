"""Public pages without cookies: they read the directory, the budget data and the closed figures, nothing else."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from app.access import gates
from app.budgets.wording import KINDS, LEVELS, PARTS
from app.channels.web import speaking
from app.channels.web import wording as form_wording
from app.database import transaction
from app.directory.catalogue import OTHER, SECTORS, Country
from app.directory.current import channels, current_directory
from app.figures.disclosure import rules
from app.figures.wording import MEANINGS, MEASURES
from app.figures.wording import SECTORS as SECTOR_NAMES
from app.followup.deadlines import today
from app.language import SOURCE, say
from app.open_data import tongue, wording
from app.open_data.figures import LICENCE, NotPublished, OpenFigures, code_of, measure_named, read_figures
from app.open_data.places import Place, country_page, sector_page
from app.open_data.posters import poster_of, with_number
from app.outbox.wording import SECTORS as CITIZENS_SECTORS

bp = Blueprint("open_data", __name__, url_prefix="/open")
gates.public(bp)

KEPT_SECONDS = 600
"""How long anybody may keep a page: long enough to spare data, short enough for a number that changes."""


@bp.get("")
def figures() -> ResponseReturnValue:
    language = tongue.explained_in()
    named, found = _figures(language)
    words = {"measures": MEASURES, "meanings": MEANINGS, "rules": rules(), "licence": LICENCE}
    measure = measure_named(request.args.get("measure"))
    return _show("figures.html", language, figures=found, countries=named, measure=measure, **words)


@bp.get("/figures.csv")
def figures_csv() -> ResponseReturnValue:
    _, found = _figures(SOURCE)
    if found is None:
        abort(404)
    response = Response(found.csv, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="gapline-{code_of(found.closed)}.csv"'
    response.headers["Link"] = f'<{LICENCE}>; rel="license"'
    return response


@bp.get("/<country>")
def country(country: str) -> ResponseReturnValue:
    place = _place(country)
    return _show("country.html", place.language, page=country_page(place))


@bp.get("/<country>/<sector>")
def sector(country: str, sector: str) -> ResponseReturnValue:
    place = _place(country)
    if sector not in SECTORS or sector == OTHER:
        abort(404)
    return _show("sector.html", place.language, page=sector_page(place, sector))


@bp.get("/<country>/<sector>/poster")
def poster(country: str, sector: str) -> ResponseReturnValue:
    place = _place(country, is_poster=True)
    entry = place.directory.entry_point(place.country.code, sector) or abort(404)
    language = place.language
    page = render_template(
        "open_data/poster.html",
        poster=poster_of(place, entry, _report_link(place, sector)),
        say=partial(say, language),
        with_number=partial(with_number, language),
        short_link=current_app.extensions["settings"].public_url.partition("://")[2] + url_for("report.start"),
        w=form_wording,
        words=wording,
        sectors=CITIZENS_SECTORS,
        language=language,
        direction=speaking.direction(language),
        offered=tongue.poster_languages(place.country),
    )
    return make_response(page)


@bp.before_request
def spell_small() -> ResponseReturnValue | None:
    """One address for each page, however it was typed."""
    small = request.full_path.rstrip("?").replace(request.path, request.path.lower(), 1)
    return redirect(small, 301) if request.path != request.path.lower() else None


@bp.after_request
def may_be_kept(response: Response) -> Response:
    response.vary.add("Accept-Language")
    if response.status_code == 200:
        response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
        response.add_etag()
        response.make_conditional(request)
    return response


def _figures(language: str) -> tuple[dict[str, str], OpenFigures | None]:
    """The countries' names by code, in their order in this language, and the figures of the month asked for."""
    with transaction() as session:
        countries = current_directory().countries
        named = sorted((one.name_in(language), one.code) for one in countries)
        try:
            found = read_figures(session, request.args.get("month"), [code for _, code in named])
        except NotPublished:
            abort(404)
    return {code: name for name, code in named}, found


def _place(code: str, is_poster: bool = False) -> Place:
    with transaction():
        directory, registered = current_directory(), channels()
        found = _country(directory.countries, code.upper())
        day = today(found.code)
    language = tongue.spoken_in(found) if is_poster else tongue.explained_in(found)
    own = tuple(channel for channel in registered if channel.country == found.code)
    return Place(directory, found, own, language, day)


def _country(countries: tuple[Country, ...], code: str) -> Country:
    return next((country for country in countries if country.code == code), None) or abort(404)


def _report_link(place: Place, sector: str) -> str:
    """Where the QR code leads. Under the address of the settings, whatever host was asked: the page may be kept."""
    answered = {"country": place.country.code, "sector": sector, "language": place.language}
    return current_app.extensions["settings"].public_url + url_for("report.start", **answered)


def _show(template: str, language: str, **values: Any) -> Response:
    """A page in one of the languages that explain."""
    with force_locale(language):
        page = render_template(
            f"open_data/{template}",
            page_language=language,
            page_direction=speaking.direction(language),
            asked=language if request.args.get("lang") == language else None,
            tongues=tongue.page_languages(),
            code_of=code_of,
            own_names=speaking.OWN_NAMES,
            sectors=SECTOR_NAMES,
            window_kinds=KINDS,
            levels=LEVELS,
            parts=PARTS,
            **values,
        )
    return make_response(page)
