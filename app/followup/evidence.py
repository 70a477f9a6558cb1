"""What staff find out and do about the money: figures, actions, and what offices answer."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.followup.models import Action, Case, Figure, Response
from app.followup.rates import PHASES
from app.followup.reading import (
    LONGEST_LINE,
    read_address,
    read_amount,
    read_choice,
    read_date,
    read_day,
    read_fiscal_year,
    read_unit,
    read_words,
)
from app.followup.refusals import Refused
from app.followup.rules import statutory_deadline
from app.followup.timeline import is_done, lock, record
from app.followup.wording import ACTIONS, RESPONSES, SCALES
from app.reports.timeline import by
from app.viewer import current_viewer

Form = Mapping[str, str]

LONGEST_NUMBER = 19
"""Digits that no number of an action has: PostgreSQL's bigint ends there."""


def add_figure(session: Session, number: int, form: uuid.UUID, entered: Form) -> None:
    """Add a sourced figure of a budget. Raises NoSuchCase, Refused."""
    case = lock(session, number)
    if is_done(session, case, form):
        return
    figure = _figure(case, entered)
    session.add(figure)
    session.flush()
    record(session, case, "figure", figure=figure.id, phase=figure.phase, form=str(form))


def act(session: Session, number: int, form: uuid.UUID, entered: Form, today: date) -> None:
    """Write down what was asked of whom and by when. Raises NoSuchCase, Refused.

    Where the law sets a clock for it that we know, and nobody entered another, that is its statutory deadline.
    """
    case = lock(session, number)
    if is_done(session, case, form):
        return
    action = _action(case, entered, today)
    session.add(action)
    session.flush()
    record(session, case, "action", action=action.id, action_kind=action.kind, form=str(form))


def respond(session: Session, number: int, form: uuid.UUID, entered: Form, today: date) -> None:
    """Write down what an office said, in answer to one of the case's actions or not. Raises NoSuchCase, Refused."""
    case = lock(session, number)
    if is_done(session, case, form):
        return
    action = _answered(session, case, entered.get("action", ""))
    response = _response(case, action, entered, today)
    session.add(response)
    if action is not None:
        action.state, action.outcome = "answered", response.kind
    record(session, case, "response", response_kind=response.kind, form=str(form))


def _figure(case: Case, entered: Form) -> Figure:
    unit, is_money = read_unit("unit", entered.get("unit", ""))
    scale = read_choice("scale", entered.get("scale", "1"), [scale for scale, _name in SCALES])
    return Figure(
        case=case,
        case_id=case.id,
        fiscal_year=read_fiscal_year("fiscal_year", entered.get("fiscal_year", "")),
        programme=read_words("line", entered.get("line", ""), LONGEST_LINE, needed=True),
        admin_unit=read_words("admin_unit", entered.get("admin_unit", ""), LONGEST_LINE),
        phase=read_choice("phase", entered.get("phase", ""), PHASES),
        amount=read_amount("amount", entered.get("amount", ""), scale),
        unit=unit,
        is_money=is_money,
        source_title=read_words("source_title", entered.get("source_title", ""), LONGEST_LINE, needed=True),
        source_url=read_address("source_url", entered.get("source_url", "")),
        source_page=read_words("source_page", entered.get("source_page", ""), 20),
        source_date=read_date("source_date", entered.get("source_date", "")),
        verified_by=read_words("verified_by", entered.get("verified_by", ""), LONGEST_LINE),
        by=by(current_viewer()),
    )


def _action(case: Case, entered: Form, today: date) -> Action:
    kind = read_choice("action_kind", entered.get("action_kind", ""), ACTIONS)
    sent_on = read_date("sent_on", entered.get("sent_on", "")) or today
    due_on = read_day("due_on", entered.get("due_on", ""))
    if due_on < sent_on:
        raise Refused("due_on", _("The due date lies before the day it was sent."))
    by_law = read_date("statutory_due_on", entered.get("statutory_due_on", ""))
    return Action(
        case=case,
        case_id=case.id,
        kind=kind,
        recipient=read_words("recipient", entered.get("recipient", ""), LONGEST_LINE, needed=True),
        about=read_words("about", entered.get("about", ""), needed=True),
        sent_on=sent_on,
        due_on=due_on,
        statutory_due_on=by_law or statutory_deadline(case.country, kind, sent_on),
        document=read_words("document", entered.get("document", ""), LONGEST_LINE),
        state="open",
        by=by(current_viewer()),
    )


def _answered(session: Session, case: Case, chosen: str) -> Action | None:
    """The action that was answered; none where the office spoke of its own accord."""
    if not chosen:
        return None
    number = int(chosen) if chosen.isdecimal() and len(chosen) < LONGEST_NUMBER else 0
    mine = select(Action).where(Action.case_id == case.id, Action.id == number, Action.taken_back == "")
    action = session.scalars(mine).one_or_none()
    if action is None:
        raise Refused("action", _("Choose one of these."))
    return action


def _response(case: Case, action: Action | None, entered: Form, today: date) -> Response:
    received_on = read_date("received_on", entered.get("received_on", "")) or today
    if received_on > today:
        raise Refused("received_on", _("This day has not come yet."))
    return Response(
        case=case,
        case_id=case.id,
        action_id=action.id if action else None,
        kind=read_choice("response_kind", entered.get("response_kind", ""), RESPONSES),
        sender=read_words("sender", entered.get("sender", ""), LONGEST_LINE, needed=True),
        words=read_words("said", entered.get("said", ""), needed=True),
        received_on=received_on,
        promised_by=read_date("promised_by", entered.get("promised_by", "")),
        document=read_words("response_document", entered.get("response_document", ""), LONGEST_LINE),
        by=by(current_viewer()),
    )
