"""What is known of a case when somebody wants to move it, read from the database."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from app.followup.models import Action, Case, Figure, FixQuestion, OfCase, Response
from app.followup.rules import INFORMATION_REQUEST
from app.followup.states import Facts
from app.gaps.models import Gap


def facts_of(session: Session, case: Case, reason: str = "") -> Facts:
    """The facts that the guards ask for; two statements. People's answers are those of the newest round."""
    answers = session.scalars(select(Response.kind).where(Response.case_id == case.id).distinct())
    counted = session.execute(_counts(case)).one()
    return Facts(
        statement=case.statement,
        verified_by_partner=case.verified_by_partner,
        parked_from=case.parked_from,
        reason=reason,
        answers=frozenset(answers),
        **counted._mapping,
    )


def _counts(case: Case) -> Select[tuple[int, ...]]:
    of_gap = Gap.id == case.gap_id
    of_figures = and_(Response.case_id == case.id, Response.kind == "refused", Action.kind == INFORMATION_REQUEST)
    refusals = select(func.count()).select_from(Response).join(Response.action).where(of_figures)
    return select(
        select(func.coalesce(func.max(Gap.reports), 0)).where(of_gap).scalar_subquery().label("reports"),
        select(func.coalesce(func.max(Gap.people), 0)).where(of_gap).scalar_subquery().label("people"),
        _count(Figure, Figure.case_id == case.id, "figures"),
        refusals.scalar_subquery().label("refusals"),
        _count(Action, Action.case_id == case.id, "actions"),
        _count(Action, and_(Action.case_id == case.id, Action.lapsed_on.is_not(None)), "lapsed"),
        *(_count(FixQuestion, _answered(case, verdict), verdict) for verdict in ("yes", "no", "partly")),
    )


def _answered(case: Case, verdict: str) -> ColumnElement[bool]:
    newest = and_(FixQuestion.case_id == case.id, FixQuestion.round == case.round)
    return and_(newest, FixQuestion.answer == verdict)


def _count(model: type[OfCase], condition: ColumnElement[bool], name: str) -> ColumnElement[int]:
    return select(func.count()).select_from(model).where(condition).scalar_subquery().label(name)
