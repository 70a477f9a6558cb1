"""The page with the list, put together from what the address asks for."""

from __future__ import annotations

from urllib.parse import parse_qsl

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.database import transaction
from app.directory.current import current_directory
from app.inbox import counting, listing
from app.inbox.choices import choices_for
from app.inbox.excerpts import excerpts_of
from app.inbox.filters import read_filters
from app.inbox.looking_up import looked_up
from app.inbox.ordering import BY_NAME, offered_orders
from app.inbox.paging import read_cursor
from app.inbox.surroundings import read_surroundings
from app.inbox.tabs import TABS
from app.inbox.views import LONGEST_NAME
from app.viewer import current_viewer


def show_list(searched: str, problem: str | None = None) -> ResponseReturnValue:
    """The list as the address asks for it; with a `problem` of the search, 422.

    Where nothing is asked for, the inbox opens with the view that its owner has chosen.
    """
    with transaction() as session:
        directory = current_directory()
        around = read_surroundings(session)
        opening = next((view for view in around.views if view.opens and not request.args), None)
        if opening:
            return redirect(f"{url_for('inbox.reports')}?{opening.query}", 303)
        choices = choices_for(current_viewer(), directory, around.colleagues, around.tags)
        filters = looked_up(session, read_filters(request.args, choices).but(read_until=around.read_until))
        before, after = (read_cursor(request.args.get(name), BY_NAME[filters.sort]) for name in ("before", "after"))
        page = listing.page_of_reports(session, filters, before, after)
        excerpts = excerpts_of(session, page.reports, filters.q)
        of_views = {view.id: read_filters(MultiDict(parse_qsl(view.query)), choices) for view in around.views}
        counts = counting.count(session, filters, page, of_views)
    shown = {
        "rows": listing.rows_of(page, directory, excerpts, counts.unread_here),
        "page": page,
        "counts": counts,
        "choices": choices,
        "filters": filters,
        "tabs": TABS,
        "views": around.views,
        "others": {report.reference: around.others.get(report.id, ()) for report in page.reports},
        "told": around.told,
        "orders": offered_orders(filters.of_open),
        "longest_name": LONGEST_NAME,
    }
    return render_template("inbox/list.html", **shown, searched=searched, problem=problem), 422 if problem else 200
