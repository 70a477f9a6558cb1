"""Cases that merge: which one goes on, and whose people belong to it."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import CTE, select
from sqlalchemy.orm import Session

from app.followup.models import Case
from app.followup.reading import read_whole_number
from app.followup.refusals import Refused
from app.followup.states import ENDS
from app.viewer import current_viewer

BIGGEST = 2**53
"""No case has such a number; a browser still writes it exactly."""


def read_other(session: Session, case: Case, number: str) -> int | None:
    """The number of the open case that goes on instead of this one; None where none was entered. Raises Refused."""
    chosen = read_whole_number("into", number, BIGGEST)
    if chosen is None:
        return None
    other = session.get(Case, chosen)
    if other is None or other.id == case.id or not other.may_be_written_by(current_viewer()):
        raise Refused("into", _("You work on no other case with this number."))
    if other.state in ENDS:
        raise Refused("into", _("That case has ended: it cannot go on in place of this one."))
    return other.id


def with_merged(case: int) -> CTE:
    """This case and all that were merged into it, one after the other: `gap_id` is whose people belong to it."""
    whole = select(Case.id, Case.gap_id).where(Case.id == case).cte("whole", recursive=True)
    return whole.union(select(Case.id, Case.gap_id).join(whole, Case.merged_into == whole.c.id))
