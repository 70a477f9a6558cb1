"""Which letters somebody wishes: read for their page, and kept as the form says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from app.inbox.following.models import AT_ONCE, DAILY, DIGEST, NEVER, WEEKLY, LetterChoice, usual_choice
from app.viewer import current_viewer

WHEN: dict[str, LazyString] = {AT_ONCE: _("At once"), DIGEST: _("In the digest"), NEVER: _("Never")}
LATER: dict[str, LazyString] = {value: WHEN[value] for value in (DIGEST, NEVER)}

MATTERS: dict[str, tuple[LazyString, Mapping[str, LazyString]]] = {
    "mention": (_("A colleague calls me in a note"), WHEN),
    "assigned": (_("A report is given to me"), WHEN),
    "followed": (_("A report that I follow changes, or its person says more"), WHEN),
    "new_reports": (_("New reports came in"), LATER),
    "rhythm": (
        _("How often the digest comes"),
        {
            DAILY: _("Each working day at 7 in the morning"),
            WEEKLY: _("Once a week, on the first working day"),
        },
    ),
}
"""Each field of the form: what it is about, and what may be chosen."""


@dataclass(frozen=True)
class Choosing:
    """What is chosen in each field."""

    chosen: Mapping[str, str]

    matters = MATTERS


class BadChoice(ValueError):
    """`field` holds nothing that may be chosen; `choosing` is the form as it was sent."""

    def __init__(self, field: str, choosing: Choosing) -> None:
        super().__init__(field)
        self.field = field
        self.choosing = choosing


def choosing(session: Session) -> Choosing:
    """The viewer's own choice."""
    me = current_viewer().account_id or 0
    own = session.get(LetterChoice, me) or usual_choice(me)
    return Choosing({field: getattr(own, field) for field in MATTERS})


def choose(session: Session, form: Mapping[str, str]) -> None:
    """Keep what the viewer chose. Raises BadChoice."""
    sent = Choosing({field: form.get(field, "") for field in MATTERS})
    for field, (_about, offered) in MATTERS.items():
        if sent.chosen[field] not in offered:
            raise BadChoice(field, sent)
    me = current_viewer().account_id or 0
    own = session.get(LetterChoice, me, with_for_update=True)
    if own is None:
        own = usual_choice(me)
        session.add(own)
    for field, value in sent.chosen.items():
        setattr(own, field, value)
