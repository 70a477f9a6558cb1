"""A budget case, what was found out and done in it, and the people who are asked whether it was mended."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    ForeignKey,
    Index,
    Numeric,
    UniqueConstraint,
    Uuid,
    false,
    func,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base
from app.gaps.models import WORKS_ON_ALL, OfEntryPoint
from app.viewer import PARTNER_ROLES, Viewer

SHARED = "shared"
MOMENT = DateTime(timezone=True)
NOW = func.clock_timestamp()
ASKS_PEOPLE = WORKS_ON_ALL | {"intake"}
"""Intake takes in the answers."""


class Case(OfEntryPoint):
    """A gap taken through the budget. `state` is one of `states.STATES`, `round` how often people were asked.

    `cofog` is a code of COFOG 1999, `women_share` a percentage, `parked_from` the state to go back to,
    `merged_into` the case that goes on in its stead, `counts_from` the first round whose answers count. The
    reviewer sees cases that are shared, and only those.
    """

    __tablename__ = "budget_case"
    __table_args__ = (
        Index("ix_budget_case_list", "entry_point", "changed_at", "id"),
        Index("ix_budget_case_shared", "changed_at", "id", postgresql_where="visibility = 'shared'"),
    )
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    gap_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("gap.id"), index=True)
    country: Mapped[str] = mapped_column(ForeignKey("directory_country.code"))
    sector: Mapped[str]
    entry_point: Mapped[str] = mapped_column(ForeignKey("directory_entry_point.slug"))
    problem_type: Mapped[str | None] = mapped_column(ForeignKey("directory_problem_type.slug"))
    gap_kind: Mapped[str | None]
    area: Mapped[str | None] = mapped_column(ForeignKey("directory_area.code"))
    owner: Mapped[str] = mapped_column(ForeignKey("directory_partner.slug"))
    state: Mapped[str] = mapped_column(server_default="forming")
    parked_from: Mapped[str | None]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("budget_case.id"), index=True)
    round: Mapped[int] = mapped_column(server_default="0")
    counts_from: Mapped[int] = mapped_column(server_default="1")
    safety: Mapped[str] = mapped_column(server_default="ordinary")
    visibility: Mapped[str] = mapped_column(server_default="partner")
    verified_by_partner: Mapped[bool] = mapped_column(server_default="false")
    statement: Mapped[str]
    place: Mapped[str] = mapped_column(server_default="")
    people_affected: Mapped[int | None]
    women_share: Mapped[int | None]
    entitlement: Mapped[str] = mapped_column(server_default="")
    programme: Mapped[str] = mapped_column(server_default="")
    cofog: Mapped[str | None]
    government_level: Mapped[str | None]
    responsible_office: Mapped[str] = mapped_column(server_default="")
    opened_at: Mapped[datetime] = mapped_column(MOMENT, server_default=NOW)
    changed_at: Mapped[datetime] = mapped_column(MOMENT, server_default=NOW)

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return cls.visibility == SHARED if viewer.kind == "reviewer" else super().visible_to(viewer)


class OfCase(Base):
    """A row that is seen and written by whoever sees and writes its case; the reviewer sees what was found out and
    done, not the rest."""

    __abstract__ = True
    shown_to_reviewer = False
    without_a_person = WORKS_ON_ALL
    case: Any

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.kind in cls.without_a_person:
            return true()
        may = viewer.kind in PARTNER_ROLES or (viewer.kind == "reviewer" and cls.shown_to_reviewer)
        return cls.case.has(Case.visible_to(viewer)) if may else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        if viewer.kind in self.without_a_person:
            return True
        return self.case is not None and self.case.may_be_written_by(viewer)


class Finding(OfCase):
    """What was found out, asked or answered. `taken_back` says what was wrong with it, and is empty where it
    stands: nothing is ever removed, but what was taken back counts no more."""

    __abstract__ = True
    shown_to_reviewer = True
    id: Any
    taken_back: Mapped[str] = mapped_column(server_default="")


class Hypothesis(Finding):
    """A suspected cause, one of `causes.CAUSES`: how sure somebody is, who, and why. A person says it, never we."""

    __tablename__ = "case_hypothesis"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("budget_case.id"), index=True)
    cause: Mapped[str]
    confidence: Mapped[str]
    reason: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(MOMENT, server_default=NOW)

    case: Mapped[Case] = relationship()


class Figure(Finding):
    """One sourced figure of a budget. `unit` is an ISO 4217 code where `is_money`, else a physical unit ("kL")."""

    __tablename__ = "case_figure"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("budget_case.id"), index=True)
    fiscal_year: Mapped[str]
    programme: Mapped[str]
    admin_unit: Mapped[str] = mapped_column(server_default="")
    phase: Mapped[str]
    amount: Mapped[Decimal] = mapped_column(Numeric)
    unit: Mapped[str]
    is_money: Mapped[bool]
    source_title: Mapped[str]
    source_url: Mapped[str] = mapped_column(server_default="")
    source_page: Mapped[str] = mapped_column(server_default="")
    source_date: Mapped[date | None]
    verified_by: Mapped[str] = mapped_column(server_default="")
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(MOMENT, server_default=NOW)

    case: Mapped[Case] = relationship()


class Action(Finding):
    """Something asked of somebody. `state`: open → answered | no_response | withdrawn. `lapsed_on` is the due date
    that passed without a word, which stays a finding when the answer comes after all."""

    __tablename__ = "case_action"
    __table_args__ = (Index("ix_case_action_due", "due_on", postgresql_where="state = 'open'"),)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("budget_case.id"), index=True)
    kind: Mapped[str]
    recipient: Mapped[str]
    about: Mapped[str]
    sent_on: Mapped[date]
    due_on: Mapped[date]
    statutory_due_on: Mapped[date | None]
    document: Mapped[str] = mapped_column(server_default="")
    state: Mapped[str] = mapped_column(server_default="open")
    outcome: Mapped[str] = mapped_column(server_default="")
    lapsed_on: Mapped[date | None]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(MOMENT, server_default=NOW)

    case: Mapped[Case] = relationship()


class Response(Finding):
    """What an office said: one of `wording.RESPONSES`, in answer to an action or of its own accord."""

    __tablename__ = "case_response"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("budget_case.id"), index=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("case_action.id"))
    kind: Mapped[str]
    sender: Mapped[str]
    words: Mapped[str]
    received_on: Mapped[date]
    promised_by: Mapped[date | None]
    document: Mapped[str] = mapped_column(server_default="")
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(MOMENT, server_default=NOW)

    case: Mapped[Case] = relationship()
    action: Mapped[Action | None] = relationship()


class CaseEvent(OfCase):
    """One line of a case's timeline. Never changed, only added; `detail` never holds a contact."""

    __tablename__ = "case_event"
    __table_args__ = (Index(None, "case_id", "id"),)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("budget_case.id"))
    kind: Mapped[str]
    by: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(MOMENT, server_default=NOW)
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")

    case: Mapped[Case] = relationship()


class FixQuestion(OfCase):
    """One person, asked in one round whether it was solved. `about` are their reports, `report_id` the one that is
    named; `answer` is yes, no or partly. Open until it is answered or given up.
    Without `case_id`: asked about one report, by those who work on it.
    Without `contact_id`: of somebody who had everything erased."""

    __tablename__ = "fix_question"
    __table_args__ = (
        UniqueConstraint("case_id", "round", "contact_id"),
        Index("ix_fix_question_person", "contact_id", postgresql_where="closed_at IS NULL"),
        Index("ix_fix_question_waiting", "asked_at", postgresql_where="closed_at IS NULL"),
    )
    without_a_person = ASKS_PEOPLE
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("budget_case.id"))
    round: Mapped[int]
    contact_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contact.id"))
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id"))
    about: Mapped[list[uuid.UUID]] = mapped_column(ARRAY(Uuid))
    asked_at: Mapped[datetime] = mapped_column(MOMENT, server_default=NOW)
    reminded_at: Mapped[datetime | None] = mapped_column(MOMENT)
    answer: Mapped[str | None]
    closed_at: Mapped[datetime | None] = mapped_column(MOMENT)

    case: Mapped[Case | None] = relationship()
