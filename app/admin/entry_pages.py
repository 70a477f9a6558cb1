"""What administrators and partners' leads edit of an entry point: problem types, words, places, as forms or CSV."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from app.access import gates
from app.admin import forms
from app.admin.editing_pages import Page, Standing, answer
from app.admin.standing import document_of, edits_everything, my_country, my_entry_point, read_current, today
from app.admin.uploading import uploaded
from app.admin.wording import FINDINGS, GROUPS, KINDS, MEANINGS, STEPS, label, said_of
from app.budgets.wording import PARTS
from app.database import transaction
from app.directory.catalogue import GAP_KINDS, LANGUAGES, LANGUAGES_OF_WORDS_ONLY, Directory, EntryPoint
from app.directory.coverage import findings
from app.directory.editing import (
    TABLES_OF_WORDS,
    Values,
    an_edit,
    entry_of,
    phrases,
    set_answers,
    set_places,
    set_problems,
    set_words,
    words_in,
)
from app.directory.reading_money import LONGEST_ANSWER
from app.directory.sheets import COLUMNS, Sheet, sheet_change, write_sheet
from app.directory.versions import Edit, read_document
from app.figures.wording import SECTORS
from app.inbox.labels import FLAGS, language_name
from app.language import STAFF_LANGUAGES
from app.understanding.places.gazetteer import key_of

bp = Blueprint("directory_editing", __name__, url_prefix="/admin")
gates.staff(bp, frozenset({"administrator", "partner_lead"}))
bp.add_app_template_filter(said_of, "said_of_change")
bp.add_app_template_filter(lambda kind: label(KINDS, kind), "version_kind_name")
bp.add_app_template_filter(lambda kind: label(FINDINGS, kind), "finding_name")
bp.add_app_template_filter(lambda kind: label(STEPS, kind), "step_name")
bp.add_app_template_filter(lambda kind: label(MEANINGS, kind), "meaning_kind_name")
bp.add_app_template_filter(lambda flag: label(FLAGS, flag), "flag_name")
bp.add_app_template_filter(lambda sector: label(SECTORS, sector), "sector_name")
bp.add_app_template_filter(lambda part: label(PARTS, part), "money_part_name")
bp.add_app_template_filter(zip, "zip")


@bp.get("/entry/<slug>")
def entry_point(slug: str) -> ResponseReturnValue:
    directory = read_current()
    entry = my_entry_point(directory, slug)
    return render_template(
        "admin/entry.html",
        entry=entry,
        directory=directory,
        country=directory.country(entry.country),
        spoken=_languages(entry, directory.country(entry.country).languages),
        today=today(),
        findings=[one for one in findings(directory, today(), entry.country) if one.entry_point == slug],
        everything=edits_everything(),
    )


@bp.route("/entry/<slug>/problems", methods=["GET", "POST"])
def problems(slug: str) -> ResponseReturnValue:
    directory = read_current()
    entry = my_entry_point(directory, slug)
    spoken = {*directory.country(entry.country).languages, *STAFF_LANGUAGES}

    def show(standing: Standing) -> str:
        rows = entry_of(standing.values, slug)["problems"]
        named = {code: names for code, names in standing.values.get("names", {}).items() if code in spoken}
        given = {"rows": rows, "named": named, "kinds": GAP_KINDS, "blank": forms.BLANK_ROWS}
        return render_template("admin/problems.html", entry=entry, standing=standing, **given)

    def part(values: Values) -> object:
        return entry_of(values, slug)["problems"], values.get("names")

    def change(values: Values) -> None:
        set_problems(values, slug, forms.read_problems(request.form, slug, values.get("names", ())))

    document = document_of(entry.country)
    return answer(Page(document, show, entry.country), lambda base: an_edit(document, base, change, part))


@bp.route("/entry/<slug>/answers", methods=["GET", "POST"])
def answers(slug: str) -> ResponseReturnValue:
    """The answers that partners send often, in the languages of the country."""
    directory = read_current()
    entry = my_entry_point(directory, slug)
    spoken = directory.country(entry.country).languages

    def show(standing: Standing) -> str:
        given = {"rows": entry_of(standing.values, slug).get("answers", []), "spoken": spoken}
        longest = {"longest": LONGEST_ANSWER, "blank": 1}
        return render_template("admin/answers.html", entry=entry, standing=standing, **given, **longest)

    def change(values: Values) -> None:
        set_answers(values, slug, forms.read_answers(request.form, spoken))

    def part(values: Values) -> object:
        return entry_of(values, slug).get("answers")

    document = document_of(entry.country)
    return answer(Page(document, show), lambda base: an_edit(document, base, change, part))


@bp.route("/entry/<slug>/words/<language>", methods=["GET", "POST"])
def words(slug: str, language: str) -> ResponseReturnValue:
    entry = my_entry_point(read_current(), slug)
    if language not in LANGUAGES + LANGUAGES_OF_WORDS_ONLY:
        abort(404)

    def show(standing: Standing) -> str:
        told = {table: words_in(entry_of(standing.values, slug), table, language) for table in TABLES_OF_WORDS}
        given = {"told": told, "language": language, "groups": GROUPS}
        return render_template("admin/words.html", entry=entry, standing=standing, **given)

    def part(values: Values) -> object:
        return [words_in(entry_of(values, slug), table, language) for table in TABLES_OF_WORDS]

    def change(values: Values) -> None:
        for table in TABLES_OF_WORDS:
            set_words(entry_of(values, slug), table, language, forms.read_groups(request.form, table))

    document = document_of(entry.country)
    return answer(Page(document, show, entry.country), lambda base: an_edit(document, base, change, part))


@bp.route("/country/<code>/places", methods=["GET", "POST"])
def places(code: str) -> ResponseReturnValue:
    directory = read_current()
    country = my_country(directory, code)
    area = request.values.get("area", "")
    chosen = next((one for one in directory.areas_of(code) if one.code == area), None)

    def show(standing: Standing) -> str:
        told = standing.values.get("places", {})
        given = {
            "told": told,
            "areas": directory.areas_of(code),
            "chosen": chosen,
            "twice": _twice(directory, code),
        }
        return render_template("admin/places.html", country=country, standing=standing, **given)

    def change(values: Values) -> None:
        set_places(values, area, phrases(request.form.get("names", "")))

    def entered(base: int) -> Edit:
        return an_edit(document, base, change, lambda values: values.get("places", {}).get(area))

    document = document_of(code)
    if request.method == "POST" and chosen is None:
        abort(404)
    return answer(Page(document, show, country.code), entered)


@bp.get("/entry/<slug>/<any(words,problems):sheet>.csv")
def sheet_file(slug: str, sheet: Sheet) -> ResponseReturnValue:
    entry = my_entry_point(read_current(), slug)
    with transaction() as session:
        text = Standing(read_document(session, document_of(entry.country)).text, 0)
    named = {"Content-Disposition": f'attachment; filename="{slug}.{sheet}.csv"'}
    return Response("\ufeff" + write_sheet(text.values, slug, sheet), mimetype="text/csv", headers=named)


@bp.route("/entry/<slug>/sheet/<any(words,problems):sheet>", methods=["GET", "POST"])
def sheet_import(slug: str, sheet: Sheet) -> ResponseReturnValue:
    entry = my_entry_point(read_current(), slug)
    text = uploaded("file") or request.form.get("sheet", "")

    def show(standing: Standing) -> str:
        given = {"sheet": sheet, "text": text, "columns": COLUMNS[sheet]}
        return render_template("admin/sheet.html", entry=entry, standing=standing, **given)

    def entered(base: int) -> Edit:
        change = sheet_change(sheet, slug, text)
        edit = an_edit(document, base, change, lambda values: entry_of(values, slug))
        return Edit(edit.document, edit.base, edit.change, edit.part, "import")

    document = document_of(entry.country)
    return answer(Page(document, show, entry.country), entered)


def _twice(directory: Directory, country: str) -> list[str]:
    """The names that several areas of this country have: people who write one are asked which they mean."""
    counted = Counter(name for area in directory.areas_of(country) for name in {key_of(one) for one in area.spoken})
    spoken = {key_of(name): name for area in directory.areas_of(country) for name in area.spoken}
    return sorted(spoken[name] for name, count in counted.items() if count > 1)


def _languages(entry: EntryPoint, offered: tuple[str, ...]) -> list[tuple[str, str, int]]:
    """Each language that has words here or is offered: its tag, its name, and how many words it has."""
    counts = dict.fromkeys(offered, 0)
    for word in entry.words:
        counts[word.language] = counts.get(word.language, 0) + 1
    return [(language, language_name(language), count) for language, count in counts.items()]
