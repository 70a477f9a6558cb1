"""What the web keeps beside the report itself: the secret that opens it, and the tries that the brakes count."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ColumnElement, DateTime, ForeignKey, Index, LargeBinary, false, func, true
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.reports.models import HANDLES_CONTACTS
from app.viewer import Viewer


class WebRow(Base):
    """A row that no person and no command ever sees."""

    __abstract__ = True

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return true() if viewer.kind in HANDLES_CONTACTS else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in HANDLES_CONTACTS


class TrackingSecret(WebRow):
    """A form that was filed, and the Argon2id hash of what opens its report.

    `form` makes one report of a form that is sent many times. `report_id` is null only inside the transaction that
    files. `notice` is the version of the privacy notice that was shown.
    """

    __tablename__ = "tracking_secret"
    form: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    report_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), unique=True)
    secret_hash: Mapped[str]
    notice: Mapped[int]
    filed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class WebTry(WebRow):
    """One try of something that has a brake, under a keyed hash. Nothing here leads to a report."""

    __tablename__ = "web_try"
    __table_args__ = (Index(None, "key", "at"), Index(None, "at"))
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    key: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
