"""Changing a partner's plan: one version more, and the open steps are counted again."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.deadlines.counting import count_again_later
from app.deadlines.models import DeadlinePlan, DeadlinePlanVersion
from app.deadlines.plan import Plan, from_document, to_document, usual_plan
from app.directory.catalogue import Directory, Partner
from app.directory.load import touch
from app.reports.timeline import by
from app.viewer import Viewer, current_viewer

NEW = 0
"""The version of a plan that nobody has changed yet."""


class Overtaken(RuntimeError):
    """Somebody else has changed the plan since this form was opened."""


class NotTheirs(LookupError):
    """There is no such partner whose plan the viewer may edit."""


def partners_of(viewer: Viewer, directory: Directory) -> tuple[Partner, ...]:
    """The partners and desks whose plans this viewer may edit."""
    kept = (partner for partner in directory.partners if partner.kind != "reviewer" and partner.country)
    return tuple(p for p in kept if viewer.kind == "administrator" or p.slug == viewer.partner)


def partner_to_edit(viewer: Viewer, directory: Directory, slug: str) -> Partner:
    """Raises NotTheirs."""
    for partner in partners_of(viewer, directory):
        if partner.slug == slug:
            return partner
    raise NotTheirs(slug)


def read_plan(session: Session, partner: Partner, directory: Directory) -> tuple[Plan, int]:
    """The partner's plan as it stands in the database, and the number of its version."""
    row = session.get(DeadlinePlan, partner.slug)
    return (_plan(row), row.version) if row else (_usual(partner, directory), NEW)


def change_plan(
    session: Session, partner: Partner, directory: Directory, base: int, kind: str, change: Callable[[Plan], Plan]
) -> bool:
    """Change the plan from version `base` on; `kind` names the part for its history. False if nothing differs.

    Raises Overtaken, and what `change` raises.
    """
    touch(session)  # locks too: one change of any plan after the other, and every process reads it anew
    row = session.get(DeadlinePlan, partner.slug, populate_existing=True)
    if base != (row.version if row else NEW):
        raise Overtaken(partner.slug)
    plan = _plan(row) if row else _usual(partner, directory)
    document = to_document(change(plan))
    if document == to_document(plan):
        return False
    row = row or DeadlinePlan(partner=partner.slug, country=plan.country)
    row.document, row.version = document, _add_version(session, partner, kind, document)
    session.add(row)
    count_again_later(session, partner.slug)
    return True


def version_of(session: Session, partner: Partner, number: int) -> Plan | None:
    """The plan as it stood after that change; None if there was none of that number."""
    version = session.get(DeadlinePlanVersion, number)
    if version is None or version.partner != partner.slug:
        return None
    return from_document(partner.country or "", version.document)


def newest_versions(session: Session, partner: Partner, most: int) -> tuple[DeadlinePlanVersion, ...]:
    mine = select(DeadlinePlanVersion).where(DeadlinePlanVersion.partner == partner.slug)
    return tuple(session.scalars(mine.order_by(DeadlinePlanVersion.number.desc()).limit(most)))


def _add_version(session: Session, partner: Partner, kind: str, document: dict[str, object]) -> int:
    version = DeadlinePlanVersion(partner=partner.slug, kind=kind, by=by(current_viewer()), document=document)
    session.add(version)
    session.flush()
    return version.number


def _plan(row: DeadlinePlan) -> Plan:
    return from_document(row.country, row.document)


def _usual(partner: Partner, directory: Directory) -> Plan:
    country = partner.country or ""
    return usual_plan(country, directory.country(country).timezone)
