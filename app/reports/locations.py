"""Where somebody stood when they reported, if they let their phone say so: sealed, and only for who works on it."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import ColumnElement, ForeignKey, LargeBinary, and_, delete, false, true
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from app.database import Base
from app.reports.models import HANDLES_CONTACTS, Report
from app.reports.sealed import read_by
from app.viewer import Viewer

ROUGH, EXACT = 2, 5
"""Decimals of a degree: two are about a kilometre, five about a metre."""

WRITTEN = re.compile(r"(-?\d{1,2}(?:\.\d{1,5})?), ?(-?\d{1,3}(?:\.\d{1,5})?)", re.ASCII)


@dataclass(frozen=True)
class Location:
    """Degrees of latitude and longitude (WGS 84). Written with two decimals, or with five where it `is_exact`."""

    latitude: float
    longitude: float
    is_exact: bool

    def __str__(self) -> str:
        decimals = EXACT if self.is_exact else ROUGH
        return f"{self.latitude:.{decimals}f}, {self.longitude:.{decimals}f}"


class ReportLocation(Base):
    """The location of a report. It goes when the words are taken back; the area stays."""

    __tablename__ = "report_location"
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)

    report: Mapped[Report] = relationship()

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        if viewer.kind in HANDLES_CONTACTS:
            return true()
        return cls.report.has(and_(Report.visible_to(viewer), read_by(viewer))) if viewer.triages else false()

    def may_be_written_by(self, viewer: Viewer) -> bool:
        return viewer.kind in HANDLES_CONTACTS


def read_location(text: str) -> Location | None:
    """The location that is written here; None where there is none, or none on this earth."""
    found = WRITTEN.fullmatch(text)
    if found is None:
        return None
    latitude, longitude = map(float, found.groups())
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return Location(latitude, longitude, any(len(part.partition(".")[2]) > ROUGH for part in found.groups()))


def keep_location(session: Session, report: Report, location: Location) -> None:
    """Store it with the report."""
    sealed = current_app.extensions["vault"].seal(str(location), _place(report))
    session.add(ReportLocation(report_id=report.id, sealed=sealed))


def location_of(session: Session, report: Report) -> Location | None:
    """The location of this report, if it has one and the viewer may see it. Only the website asks for one."""
    row = session.get(ReportLocation, report.id) if report.channel == "web" else None
    return read_location(current_app.extensions["vault"].open(row.sealed, _place(report))) if row else None


def forget_location(session: Session, report: Report) -> None:
    """Delete it."""
    session.execute(delete(ReportLocation).where(ReportLocation.report_id == report.id))


def _place(report: Report) -> str:
    return f"report_location/sealed/{report.id}"
