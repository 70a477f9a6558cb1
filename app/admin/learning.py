"""Learning from a report that was sent on by hand: its new owner's lead adds its words to the entry point."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.access import gates
from app.admin.editing_pages import Page, Standing, answer
from app.admin.standing import document_of, my_entry_point, read_current
from app.database import transaction
from app.directory.catalogue import LANGUAGES, Directory, EntryPoint
from app.directory.editing import Values, an_edit, entry_of, phrases, set_words, words_in
from app.directory.versions import Edit
from app.reports.models import Report
from app.reports.reference import WrongReference, read_reference
from app.reports.sensitive import is_sensitive
from app.understanding.fold import words_of
from app.understanding.index import index_of, matches
from sms.text import clean

bp = Blueprint("learning", __name__, url_prefix="/admin")
gates.staff(bp, frozenset({"partner_lead"}))

SHORTEST = 4
"""Letters of a word that is suggested: shorter ones mean too many things."""


@bp.route("/learn/<reference>", methods=["GET", "POST"])
def learn(reference: str) -> ResponseReturnValue:
    directory, report = read_current(), _report(reference)
    entry = my_entry_point(directory, report.entry_point or "")
    document = document_of(entry.country)
    group, language = _chosen(entry, report)
    suggested = _suggested(report, directory)

    def show(standing: Standing) -> str:
        words = request.form.get("words", "\n".join(suggested))
        given = {"report": report, "words": words, "group": group}
        return render_template("admin/learn.html", entry=entry, standing=standing, **given)

    def part(values: Values) -> object:
        return words_in(entry_of(values, entry.slug), "words", language)

    def change(values: Values) -> None:
        owner = entry_of(values, entry.slug)
        groups = dict(words_in(owner, "words", language))
        added = phrases(clean(request.form.get("words", "")))
        groups[group] = list(dict.fromkeys((*groups.get(group, []), *added)))
        set_words(owner, "words", language, groups)

    def entered(base: int) -> Edit:
        return an_edit(document, base, change, part)

    return answer(Page(document, show, entry.country), entered)


def _report(reference: str) -> Report:
    """The report of this reference that the viewer may see, with its messages.

    404 also for a sensitive one: from such words nothing is ever learnt.
    """
    try:
        read = read_reference(reference)
    except WrongReference:
        read = None
    wanted = select(Report).where(Report.reference == str(read)).options(selectinload(Report.messages))
    with transaction() as session:
        report = session.scalars(wanted).one_or_none()
    return abort(404) if report is None or is_sensitive(report) else report


def _chosen(entry: EntryPoint, report: Report) -> tuple[str, str]:
    """The group that the words are added to, and the language that the report was written in."""
    offered = {"any", "decisive", *(problem.slug.partition("/")[2] for problem in entry.problems)}
    group = request.form.get("group", "any")
    return group if group in offered else "any", report.language if report.language in LANGUAGES else "en"


def _suggested(report: Report, directory: Directory) -> list[str]:
    """Its words that the directory does not know yet."""
    words = words_of(report.messages[0].body) if report.messages else []
    known = {
        n for match in matches(index_of(directory, report.country), words) for n in range(match.start, match.end)
    }
    unknown = (word for n, word in enumerate(words) if n not in known and len(word) >= SHORTEST and word.isalpha())
    return list(dict.fromkeys(unknown))
