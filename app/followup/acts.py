"""What staff do in a case. Each act is one use case inside the caller's transaction, with a line on the timeline.

Every form carries a number of its own: when it is sent twice, the second one changes nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.directory.cofog import is_code
from app.followup import asking, merging
from app.followup.causes import CAUSES, CONFIDENCES
from app.followup.facts import facts_of
from app.followup.models import Case, Hypothesis
from app.followup.opening import take_up
from app.followup.reading import LONGEST_LINE, read_choice, read_whole_number, read_words
from app.followup.refusals import Refused, Stale
from app.followup.states import STATES, IllegalMove, check_move
from app.followup.timeline import is_done, lock, record
from app.followup.wording import LEVELS, SAFETY, VISIBILITY
from app.queue import Job, put
from app.reports.timeline import by
from app.viewer import current_viewer

Form = Mapping[str, str]
MOST_PEOPLE = 100_000_000
LONGEST_NOTE = 4000


def change_facts(session: Session, number: int, form: uuid.UUID, entered: Form) -> None:
    """Write down what the case is about. Raises NoSuchCase, Refused."""
    case = lock(session, number)
    if is_done(session, case, form):
        return
    before = _facts(case)
    for name, value in _read_facts(entered).items():
        setattr(case, name, value)
    changed = sorted(name for name, value in _facts(case).items() if before[name] != value)
    record(session, case, "facts", changed=changed, form=str(form))


def suspect(session: Session, number: int, form: uuid.UUID, entered: Form) -> None:
    """Say which cause somebody suspects, how sure they are, and why. Raises NoSuchCase, Refused."""
    case = lock(session, number)
    if is_done(session, case, form):
        return
    cause = read_choice("cause", entered.get("cause", ""), CAUSES)
    confidence = read_choice("confidence", entered.get("confidence", ""), CONFIDENCES)
    reason = read_words("why", entered.get("why", ""), needed=True)
    who = by(current_viewer())
    session.add(Hypothesis(case=case, case_id=case.id, cause=cause, confidence=confidence, reason=reason, by=who))
    record(session, case, "hypothesis", cause=cause, form=str(form))


def move(session: Session, number: int, form: uuid.UUID, was: str, to: str, reason: str, into: str = "") -> None:
    """Move the case on; `was` is the state that the form showed, `into` the number of the case that it is merged
    with. Raises NoSuchCase, Stale, Refused."""
    case = lock(session, number)
    if is_done(session, case, form):
        return
    reason = read_words("reason", reason, LONGEST_LINE * 2)
    if case.state != was:
        raise Stale("state", _("Somebody moved this case while you had it open. Look at it again first."))
    case.merged_into = merging.read_other(session, case, into) if to == "merged" else None
    _check(session, case, to, reason)
    case.parked_from = was if to == "parked" else None
    case.state = to
    record(session, case, "state", old=was, new=to, reason=reason, into=case.merged_into, form=str(form))
    _go_on(session, case, was)


def add_note(session: Session, number: int, form: uuid.UUID, text: str) -> None:
    """Keep a note for those who work on the case. Raises NoSuchCase, Refused."""
    case = lock(session, number)
    if not is_done(session, case, form):
        record(session, case, "note", text=read_words("note", text, LONGEST_NOTE, needed=True), form=str(form))


def _go_on(session: Session, case: Case, was: str) -> None:
    """What follows from the new state: people are asked, or what they opened again is taken up again."""
    if case.state == "verifying":
        case.round += 1
        put(session, Job(asking.ask, {"case": case.id, "number": case.round}))
    if case.state == "reopened":
        case.counts_from = case.round + 1
    if case.state == "reopened" or (was, case.state) == ("verifying", "acting"):
        put(session, Job(take_up, {"case": case.id}))


def _check(session: Session, case: Case, to: str, reason: str) -> None:
    if to not in STATES:
        raise Refused("state", _("Choose where the case goes next."))
    try:
        check_move(facts_of(session, case, reason), case.state, to)
    except IllegalMove as illegal:
        raise Refused("state", str(illegal)) from None


WORDS = {"statement": 1000, "place": LONGEST_LINE, "entitlement": 2000, "programme": LONGEST_LINE}


def _read_facts(entered: Form) -> dict[str, object]:
    """The facts in this form; what a browser did not send is empty."""
    words = {n: read_words(n, entered.get(n, ""), most, needed=n == "statement") for n, most in WORDS.items()}
    office = read_words("responsible_office", entered.get("responsible_office", ""), LONGEST_LINE)
    return {
        **words,
        "responsible_office": office,
        "people_affected": read_whole_number("people_affected", entered.get("people_affected", ""), MOST_PEOPLE),
        "women_share": read_whole_number("women_share", entered.get("women_share", ""), 100),
        "cofog": _read_cofog(entered.get("cofog", "")),
        "government_level": _or_none("government_level", entered.get("government_level", ""), LEVELS),
        "safety": read_choice("safety", entered.get("safety", "ordinary"), SAFETY),
        "visibility": read_choice("visibility", entered.get("visibility", "partner"), VISIBILITY),
        "verified_by_partner": entered.get("verified_by_partner") == "yes",
    }


def _read_cofog(code: str) -> str | None:
    if code and not is_code(code):
        raise Refused("cofog", _("COFOG has no such code."))
    return code or None


def _or_none(field: str, value: str, offered: Mapping[str, object]) -> str | None:
    return read_choice(field, value, offered) if value else None


def _facts(case: Case) -> dict[str, object]:
    more = ("responsible_office", "people_affected", "women_share", "cofog", "government_level", "safety")
    return {name: getattr(case, name) for name in (*WORDS, *more, "visibility", "verified_by_partner")}
