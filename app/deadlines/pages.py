"""The pages on which leads and administrators say when their people work, and until when what is to be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import gates
from app.database import transaction
from app.deadlines import forms, wording
from app.deadlines.editing import (
    NotTheirs,
    Overtaken,
    change_plan,
    newest_versions,
    partner_to_edit,
    partners_of,
    read_plan,
    version_of,
)
from app.deadlines.limits import UNITS
from app.deadlines.plan import OTHERS, Plan, zones_of
from app.deadlines.plan_page import days_off, limits_by_problem, limits_of, problems_of
from app.directory.catalogue import Directory, Partner, ProblemType
from app.directory.current import current_directory, forget_directory
from app.viewer import current_viewer

REST = "others"
"""In an address, stands for OTHERS."""

VERSIONS = 20

bp = Blueprint("deadlines", __name__, url_prefix="/due-dates")
gates.staff(bp, frozenset({"administrator", "partner_lead"}))
bp.add_app_template_filter(wording.said_of_limit, "limit_in_words")
bp.add_app_template_filter(wording.said_of_day, "day_in_words")
bp.add_app_template_filter(lambda step: str(wording.STEPS[step]), "step_name")
bp.add_app_template_filter(lambda kind: str(wording.KINDS[kind]), "plan_change_name")


@dataclass(frozen=True)
class Desk:
    """Whose plan is on the desk: the partner, the plan and its version, and how its form stands."""

    directory: Directory
    partner: Partner
    plan: Plan
    version: int
    problem: forms.Refused | None = None
    overtaken: bool = False
    status: int = 200
    entered: dict[str, Any] = field(default_factory=dict)

    @property
    def own_zone(self) -> str:
        return self.directory.country(self.plan.country).timezone


Show = Callable[[Desk], str]
Change = Callable[[Plan], Plan]


@bp.get("")
def plans() -> ResponseReturnValue:
    """A lead has one plan; administrators choose."""
    viewer = current_viewer()
    with transaction():
        directory = current_directory()
    partners = partners_of(viewer, directory)
    if viewer.kind != "administrator" and partners:
        return redirect(url_for(".plan", slug=partners[0].slug), 303)
    return render_template("deadlines/plans.html", partners=partners, directory=directory)


@bp.get("/<slug>")
def plan(slug: str) -> ResponseReturnValue:
    return _show_plan(_desk(slug))


@bp.route("/<slug>/hours", methods=["GET", "POST"])
def hours(slug: str) -> ResponseReturnValue:
    desk = _desk(slug)

    def change(plan: Plan) -> Plan:
        opens, closes, zone = (request.form.get(name, "") for name in ("opens", "closes", "zone"))
        return forms.with_hours(plan, request.form.getlist("weekday"), opens, closes, zone, desk.own_zone)

    return _answer(desk, "hours", _show_hours, change)


@bp.post("/<slug>/days")
def add_day(slug: str) -> ResponseReturnValue:
    desk = _desk(slug)
    today = datetime.now(ZoneInfo(desk.plan.zone)).date()
    day, name = request.form.get("day", ""), request.form.get("name", "")
    return _answer(desk, "days", _show_plan, lambda plan: forms.with_day_off(plan, day, name, today))


@bp.post("/<slug>/days/<day>/work")
def work_on(slug: str, day: str) -> ResponseReturnValue:
    return _answer(_desk(slug), "days", _show_plan, lambda plan: forms.without_day_off(plan, day))


@bp.post("/<slug>/days/<day>/rest")
def rest_on(slug: str, day: str) -> ResponseReturnValue:
    return _answer(_desk(slug), "days", _show_plan, lambda plan: forms.with_holiday_again(plan, day))


@bp.route("/<slug>/limits/<path:about>", methods=["GET", "POST"])
def limits(slug: str, about: str) -> ResponseReturnValue:
    desk = _desk(slug)
    problem = _problem(desk, about)
    key = problem.slug if problem else OTHERS

    def show(desk: Desk) -> str:
        shown = limits_of(desk.plan, problem)
        usual = limits_of(desk.plan.with_limits(key, {}), problem).limits
        words = {"labels": wording.LIMITS, "hints": wording.HINTS, "units": wording.UNITS}
        given = {"shown": shown, "usual": usual, "about": about, "unit_codes": UNITS, **words}
        return render_template("deadlines/limits.html", desk=desk, **given)

    return _answer(desk, "limits", show, lambda plan: forms.with_limits(plan, key, request.form))


@bp.post("/<slug>/versions/<int:number>/back")
def go_back(slug: str, number: int) -> ResponseReturnValue:
    desk = _desk(slug)
    with transaction() as session:
        earlier = version_of(session, desk.partner, number)
    if earlier is None:
        abort(404)
    return _answer(desk, "back", _show_plan, lambda _plan: earlier)


def _desk(slug: str) -> Desk:
    """404 for a partner whose plan is not the viewer's to edit."""
    with transaction() as session:
        directory = current_directory()
        try:
            partner = partner_to_edit(current_viewer(), directory, slug)
        except NotTheirs:
            abort(404)
        plan, version = read_plan(session, partner, directory)
    return Desk(directory, partner, plan, version)


def _problem(desk: Desk, about: str) -> ProblemType | None:
    """The type of problem that an address names, None for all others; one that is not the partner's: 404."""
    if about == REST:
        return None
    mine = problems_of(desk.partner, desk.directory)
    return next((problem for problem in mine if problem.slug == about), None) or abort(404)


def _answer(desk: Desk, kind: str, show: Show, change: Change) -> ResponseReturnValue:
    """Show the form; or make the change and go to the plan, or show what was wrong: 422, or 409 when overtaken."""
    if request.method == "GET":
        return show(desk)
    entered = {**request.form.to_dict(), "weekday": request.form.getlist("weekday")}
    try:
        with transaction() as session:
            base = request.form.get("base", default=-1, type=int)
            changed = change_plan(session, desk.partner, desk.directory, base, kind, change)
    except forms.Refused as refused:
        return show(_again(desk, entered, problem=refused, status=422)), 422
    except Overtaken:
        return show(_again(desk, entered, overtaken=True, status=409)), 409
    forget_directory()
    done = "saved" if changed else "same"
    return redirect(url_for(".plan", slug=desk.partner.slug, done=done), 303)


def _again(desk: Desk, entered: dict[str, Any], **how: Any) -> Desk:
    return Desk(desk.directory, desk.partner, desk.plan, desk.version, entered=entered, **how)


def _show_plan(desk: Desk) -> str:
    year = datetime.now(UTC).year
    with transaction() as session:
        versions = newest_versions(session, desk.partner, VERSIONS)
    return render_template(
        "deadlines/plan.html",
        desk=desk,
        said=wording.SAID.get(request.args.get("done", "")),
        weekdays=[name for day, name in wording.weekday_names() if day in desk.plan.weekdays],
        days=days_off(desk.plan, (year, year + 1)),
        rows=list(limits_by_problem(desk.plan, desk.partner, desk.directory)),
        labels=wording.LIMITS,
        versions=versions,
        rest=REST,
    )


def _show_hours(desk: Desk) -> str:
    zones = zones_of(desk.plan.country, desk.own_zone)
    return render_template("deadlines/hours.html", desk=desk, weekdays=wording.weekday_names(), zones=zones)
