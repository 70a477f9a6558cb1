"""Sample cases about gaps of the sample reports, worked on by the same acts as real ones. No message goes out."""

from __future__ import annotations

import tomllib
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from app.access.people import served_by
from app.database import transaction
from app.directory.current import current_directory
from app.followup import acts, evidence
from app.followup.deadlines import lapse_some
from app.followup.models import Case, CaseEvent
from app.followup.timeline import record
from app.gaps.gathering import sweep
from app.gaps.models import Gap
from app.viewer import WORKER, Viewer, acting_as

FILE = Path(__file__).parent / "cases.toml"
FACTS = (
    *("people_affected", "women_share", "cofog", "programme", "government_level"),
    *("responsible_office", "entitlement"),
)


def add_cases() -> None:
    """Gather the samples and open the cases, once: not again where there is any case."""
    now = datetime.now(UTC)
    with acting_as(WORKER):
        sweep()
        with transaction() as session:
            if session.scalar(select(exists().select_from(Case).where(Case.id > 0))):
                return
    for sample in tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]:
        _add(sample, now - timedelta(days=sample["days"]))
    with acting_as(WORKER), transaction() as session:
        lapse_some(session, now)


def _add(sample: dict[str, Any], opened_at: datetime) -> None:
    """One case, in a transaction of its own; none where no report of its kind is in the samples."""
    with acting_as(WORKER):
        viewer = _lead(sample["partner"])
    with acting_as(viewer), transaction() as session:
        of_kind = select(Gap).where(Gap.problem_type == sample["problem_type"], Gap.reports > 0)
        gap = session.scalars(of_kind.order_by(Gap.key).limit(1)).one_or_none()
        number = _open(session, gap, sample, opened_at).id if gap else None
        if number:
            _work(session, number, sample, opened_at)
    if number:
        _age(number, opened_at)


def _lead(partner: str) -> Viewer:
    """Whoever leads at this partner, without an account."""
    mine = served_by(partner, current_directory(), datetime.now(UTC).date())
    return Viewer("partner_lead", name="lead", partner=partner, entry_points=mine)


def _open(session: Session, gap: Gap, sample: dict[str, Any], opened_at: datetime) -> Case:
    """Without the job that tells people: nothing is ever sent to the samples' numbers."""
    shared = {
        name: getattr(gap, name)
        for name in ("country", "sector", "entry_point", "problem_type", "gap_kind", "area")
    }
    facts = {name: sample[name] for name in FACTS if name in sample}
    case = Case(
        gap_id=gap.id,
        owner=sample["partner"],
        statement=sample["statement"],
        state="forming",
        verified_by_partner=True,
        visibility="shared",
        opened_at=opened_at,
        **shared,
        **facts,
    )
    session.add(case)
    session.flush()
    gap.case_id = case.id
    record(session, case, "opened", people=gap.people, reports=gap.reports)
    session.flush()
    return case


def _work(session: Session, number: int, sample: dict[str, Any], opened_at: datetime) -> None:
    for figure in sample.get("figure", ()):
        evidence.add_figure(session, number, uuid.uuid4(), figure)
    for cause in sample.get("cause", ()):
        acts.suspect(session, number, uuid.uuid4(), cause)
    for action in _dated(sample, opened_at):
        evidence.act(session, number, uuid.uuid4(), action, opened_at.date())
    session.flush()
    for was, to in zip(["forming", *sample["moves"]], sample["moves"], strict=False):
        acts.move(session, number, uuid.uuid4(), was, to, "")
        session.flush()


def _dated(sample: dict[str, Any], opened_at: datetime) -> Iterator[dict[str, str]]:
    """The actions, sent on the day after the case was opened."""
    sent_on = opened_at.date() + timedelta(days=1)
    for action in sample.get("action", ()):
        due_on = sent_on + timedelta(days=action["due_in_days"])
        words = {name: value for name, value in action.items() if name != "due_in_days"}
        yield {**words, "sent_on": sent_on.isoformat(), "due_on": due_on.isoformat()}


def _age(number: int, opened_at: datetime) -> None:
    """Move what was just done back to the days after the case was opened, an hour between two acts."""
    with acting_as(WORKER), transaction() as session:
        mine = select(CaseEvent.id).where(CaseEvent.case_id == number).order_by(CaseEvent.id)
        at = opened_at
        for event in session.scalars(mine).all():
            session.execute(update(CaseEvent).where(CaseEvent.id == event).values(at=at))
            at += timedelta(hours=1)
        session.execute(update(Case).where(Case.id == number).values(changed_at=at))
