"""Who said that they follow a report or do not, what each person is told of, and which letters they wish."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.inbox.models import OfAccount
from app.reports.models import NOW, OfReport, Report

AT_ONCE, DIGEST, NEVER = "at_once", "digest", "never"
DAILY, WEEKLY = "daily", "weekly"


class Follow(OfReport):
    """Somebody's word on whether they follow a report; without one, what they have to do with it decides.

    Whoever sees the report sees who follows it.
    """

    __tablename__ = "report_follow"
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    follows: Mapped[bool]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)

    report: Mapped[Report] = relationship()


class Notice(OfAccount):
    """A line of a timeline that concerns somebody; `kind` says why (app.inbox.following.concerning).

    It is unread until they open the report. `letter` is the one in which it is still to be: `at_once`, `digest`, or
    none.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("account_id", "event_id"),
        Index("ix_notice_unread", "account_id", "report_id", postgresql_where="read_at IS NULL"),
        Index("ix_notice_letter", "letter", "account_id", postgresql_where="letter IS NOT NULL"),
        Index(None, "at"),
    )
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"))
    event_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    read_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    letter: Mapped[str | None]


class LetterChoice(OfAccount):
    """Which letters somebody wishes: about each matter at once, in the digest, or never; and how often that comes.

    `digest_on` is the day of the last digest, `digest_until` the moment up to which new reports were in it.
    """

    __tablename__ = "letter_choice"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    mention: Mapped[str] = mapped_column(default=AT_ONCE)
    assigned: Mapped[str] = mapped_column(default=DIGEST)
    followed: Mapped[str] = mapped_column(default=DIGEST)
    new_reports: Mapped[str] = mapped_column(default=NEVER)
    rhythm: Mapped[str] = mapped_column(default=DAILY)
    digest_on: Mapped[date | None]
    digest_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


def usual_choice(account_id: int) -> LetterChoice:
    """Of somebody who has chosen nothing."""
    return LetterChoice(
        account_id=account_id,
        mention=AT_ONCE,
        assigned=DIGEST,
        followed=DIGEST,
        new_reports=NEVER,
        rhythm=DAILY,
    )
