"""What is known of a case when somebody wants to move it, read from the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from app.followup.models import Action, Case, Figure, Finding, FixQuestion, Response
from app.followup.rules import INFORMATION_REQUEST
from app.followup.states import Facts
from app.gaps.models import Gap


def facts_of(session: Session, case: Case, reason: str = "") -> Facts:
    """The facts that the guards ask for; two statements. What was taken back is none of them."""
    answers = session.scalars(select(Response.kind).where(_stands(Response, case)).distinct())
    counted = session.execute(_counts(case)).one()
    return Facts(
        statement=case.statement,
        verified_by_partner=case.verified_by_partner,
        parked_from=case.parked_from,
        merged_into=case.merged_into,
        reason=reason,
        answers=frozenset(answers),
        **counted._mapping,
    )


def _counts(case: Case) -> Select[tuple[int, ...]]:
    of_gap = Gap.id == case.gap_id
    of_figures = and_(_stands(Response, case), Response.kind == "refused", Action.kind == INFORMATION_REQUEST)
    refusals = select(func.count()).select_from(Response).join(Response.action).where(of_figures)
    said = _newest_answers(case)
    return select(
        select(func.coalesce(func.max(Gap.reports), 0)).where(of_gap).scalar_subquery().label("reports"),
        select(func.coalesce(func.max(Gap.people), 0)).where(of_gap).scalar_subquery().label("people"),
        _count(Figure, _stands(Figure, case), "figures"),
        refusals.scalar_subquery().label("refusals"),
        _count(Action, _stands(Action, case), "actions"),
        _count(Action, and_(_stands(Action, case), Action.lapsed_on.is_not(None)), "lapsed"),
        *(_count(said, said.c.answer == verdict, verdict) for verdict in ("yes", "no", "partly")),
    )


def _newest_answers(case: Case) -> Subquery:
    """What each person answered last since the case was opened, or opened again: who said no and is asked anew may
    say yes, and who said yes before is not asked twice."""
    person = func.coalesce(FixQuestion.contact_id, FixQuestion.id)
    mine = and_(FixQuestion.case_id == case.id, FixQuestion.round >= case.counts_from)
    answers = select(FixQuestion.answer).where(mine, FixQuestion.answer.is_not(None))
    return answers.ext(distinct_on(person)).order_by(person, FixQuestion.round.desc()).subquery()


def _stands(model: type[Finding], case: Case) -> ColumnElement[bool]:
    rows: Any = model
    return and_(rows.case_id == case.id, rows.taken_back == "")


def _count(model: Any, condition: ColumnElement[bool], name: str) -> ColumnElement[int]:
    return select(func.count()).select_from(model).where(condition).scalar_subquery().label(name)
