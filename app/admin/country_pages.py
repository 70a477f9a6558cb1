"""What administrators edit of a country: its facts and partners, who covers what, words elsewhere, the document."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from app.access import gates
from app.admin import forms
from app.admin.editing_pages import Page, Standing, act_on, answer, open_page
from app.admin.standing import document_of, my_country, my_entry_point, read_current, today
from app.admin.uploading import uploaded
from app.admin.wording import COUNTRY_FIELDS, ENTRY_FIELDS, GROUPS
from app.budgets.wording import PARTS
from app.database import transaction
from app.directory.catalogue import LANGUAGES, LANGUAGES_OF_WORDS_ONLY, OTHER, SECTORS
from app.directory.coverage import findings
from app.directory.editing import (
    Values,
    an_edit,
    entry_of,
    set_fields,
    set_money,
    set_partner,
    set_serving,
    set_words,
    words_in,
)
from app.directory.load import edited_documents
from app.directory.models import DirectoryVersion
from app.directory.reading_entries import ROLES
from app.directory.versions import Edit, read_document, reverting, whole

bp = Blueprint("directory_admin", __name__, url_prefix="/admin")
gates.staff(bp, frozenset({"administrator"}))


@bp.get("/country/<code>")
def country(code: str) -> ResponseReturnValue:
    directory = read_current()
    shown = my_country(directory, code)
    elsewhere = [one for one in directory.elsewhere if one.country == code]
    return render_template(
        "admin/country.html",
        country=shown,
        directory=directory,
        entries=[entry for entry in directory.entry_points if entry.country == code],
        partners=[partner for partner in directory.partners if partner.country == code],
        elsewhere=[(one.sector, _counts(one.words, shown.languages)) for one in elsewhere],
        findings=findings(directory, today(), code),
        document=document_of(code),
    )


@bp.route("/country/<code>/facts", methods=["GET", "POST"])
def country_facts(code: str) -> ResponseReturnValue:
    shown = my_country(read_current(), code)
    return _fields(document_of(code), COUNTRY_FIELDS, "languages", lambda values: values, shown.name)


@bp.route("/entry/<slug>/facts", methods=["GET", "POST"])
def entry_facts(slug: str) -> ResponseReturnValue:
    entry = my_entry_point(read_current(), slug)
    return _fields(
        document_of(entry.country), ENTRY_FIELDS, "cofog", lambda values: entry_of(values, slug), entry.name
    )


@bp.route("/country/<code>/partners", methods=["GET", "POST"])
def partners(code: str) -> ResponseReturnValue:
    shown, document = my_country(read_current(), code), document_of(code)

    def show(standing: Standing) -> str:
        given = {"rows": standing.values.get("partners", []), "blank": forms.BLANK_ROWS}
        return render_template("admin/partners.html", country=shown, standing=standing, **given)

    def change(values: Values) -> None:
        for row in forms.read_partners(request.form):
            set_partner(values, row["slug"], {name: value for name, value in row.items() if name != "slug"})

    return answer(Page(document, show), lambda base: an_edit(document, base, change, lambda v: v.get("partners")))


@bp.route("/entry/<slug>/serving", methods=["GET", "POST"])
def serving(slug: str) -> ResponseReturnValue:
    directory = read_current()
    entry = my_entry_point(directory, slug)
    document = document_of(entry.country)

    def show(standing: Standing) -> str:
        able = [one for one in directory.partners if one.kind == "organisation"]
        given = {"rows": entry_of(standing.values, slug).get("serving", []), "partners": able, "roles": ROLES}
        areas = directory.areas_of(entry.country)
        return render_template("admin/serving.html", entry=entry, standing=standing, areas=areas, **given)

    def change(values: Values) -> None:
        set_serving(values, slug, forms.read_serving(request.form))

    def part(values: Values) -> object:
        return entry_of(values, slug).get("serving")

    return answer(Page(document, show), lambda base: an_edit(document, base, change, part))


@bp.route("/entry/<slug>/money", methods=["GET", "POST"])
def money(slug: str) -> ResponseReturnValue:
    """The programmes that pay for the service, and the offices that answer for it."""
    entry = my_entry_point(read_current(), slug)
    document = document_of(entry.country)

    def show(standing: Standing) -> str:
        told = entry_of(standing.values, slug)
        given = {"rows": told.get("programmes", []), "offices": told.get("actors", {}), "blank": forms.BLANK_ROWS}
        return render_template("admin/money.html", entry=entry, standing=standing, parts_of=PARTS, **given)

    def change(values: Values) -> None:
        set_money(values, slug, forms.read_programmes(request.form), forms.read_actors(request.form))

    def part(values: Values) -> object:
        return [entry_of(values, slug).get(name) for name in ("programmes", "actors")]

    return answer(Page(document, show), lambda base: an_edit(document, base, change, part))


@bp.route("/country/<code>/elsewhere/<sector>/<language>", methods=["GET", "POST"])
def elsewhere(code: str, sector: str, language: str) -> ResponseReturnValue:
    directory = read_current()
    shown, document = my_country(directory, code), document_of(code)
    known = sector in SECTORS and language in LANGUAGES + LANGUAGES_OF_WORDS_ONLY
    if not known or directory.entry_point(code, sector):
        abort(404)

    def show(standing: Standing) -> str:
        told = words_in(standing.values.get("elsewhere", {}), sector, language)
        given = {"told": told, "sector": sector, "language": language, "groups": GROUPS, "other": OTHER}
        return render_template("admin/elsewhere.html", country=shown, standing=standing, **given)

    def change(values: Values) -> None:
        set_words(values.setdefault("elsewhere", {}), sector, language, forms.read_groups(request.form, "words"))

    def part(values: Values) -> object:
        return words_in(values.get("elsewhere", {}), sector, language)

    return answer(Page(document, show), lambda base: an_edit(document, base, change, part))


@bp.route("/document/<name>", methods=["GET", "POST"])
def document(name: str) -> ResponseReturnValue:
    """The whole document: written or uploaded, looked over, saved. `?from=files` begins with its data file."""
    text = uploaded("file") or request.form.get("text", "").replace("\r\n", "\n")
    kind = "import" if request.files.get("file") else "edit"
    with transaction() as session:
        waiting = edited_documents(session).get(name)

    def show(standing: Standing) -> str:
        begun = waiting if waiting and request.args.get("from") == "files" else standing.text
        given = {"name": name, "text": text or begun, "waiting": waiting is not None}
        return render_template("admin/document.html", standing=standing, **given)

    if request.method == "GET":
        return open_page(Page(name, show))
    return act_on(Page(name, show), lambda base: Edit(name, base, whole(text), kind=kind))


@bp.get("/document/<name>/download")
def download(name: str) -> ResponseReturnValue:
    page = Page(name, lambda standing: standing.text)
    text, _status = open_page(page)
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, mimetype="application/toml", headers=named)


@bp.route("/version/<int:number>/back", methods=["GET", "POST"])
def go_back(number: int) -> ResponseReturnValue:
    """The document as it stood at this version, to be looked over and made the newest."""
    with transaction() as session:
        version = session.get(DirectoryVersion, number) if number < 2**63 else None
        newest = read_document(session, version.document).version if version else 0
    if version is None:
        abort(404)
    page = Page(version.document, lambda now: render_template("admin/back.html", version=version, standing=now))
    base = None if request.method == "POST" else newest
    return act_on(page, lambda base: reverting(version, base), base)


def _fields(
    document: str, labels: dict[str, object], listed: str, owner: Callable[[Values], Values], name: str
) -> ResponseReturnValue:
    """A page of plain fields, of which one holds a list of codes."""

    def show(standing: Standing) -> str:
        given = {"fields": labels, "listed": listed, "row": owner(standing.values), "name": name}
        return render_template("admin/fields.html", standing=standing, **given)

    def change(values: Values) -> None:
        texts = forms.read_texts(request.form, [field for field in labels if field != listed])
        set_fields(owner(values), {**texts, listed: forms.read_list(request.form, listed)})

    def part(values: Values) -> object:
        return [owner(values).get(field) for field in labels]

    return answer(Page(document, show), lambda base: an_edit(document, base, change, part))


def _counts(words: tuple, languages: tuple[str, ...]) -> dict[str, int]:
    counts = dict.fromkeys(languages, 0)
    for word in words:
        counts[word.language] = counts.get(word.language, 0) + 1
    return counts
