"""Everything that the page of one case shows."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.layout import COLON
from app.access.speaking import page_language
from app.budgets.calendar import Occurrence, next_windows
from app.budgets.current import calendars_of
from app.directory import cofog
from app.directory.catalogue import Directory
from app.directory.current import current_directory
from app.followup.causes import CAUSES, Suggestion, suggest
from app.followup.deadlines import today
from app.followup.facts import facts_of
from app.followup.history import Entry, timeline
from app.followup.models import Action, Case, Figure, Finding, FixQuestion, Hypothesis, Response
from app.followup.rates import lines_of
from app.followup.showing import ShownLine, amount, shown_lines
from app.followup.states import Facts, moves_from, obstacle
from app.followup.taking_back import code_of
from app.followup.wording import ACTIONS, PARTS, PHASES, RESPONSES, STATES, label
from app.gaps.models import Gap
from app.gaps.naming import area_name, entry_point_name, problem_name
from app.gaps.paging import Page
from app.viewer import current_viewer

Part = TypeVar("Part", bound=Finding)

WINDOWS_SHOWN = 2


@dataclass(frozen=True)
class Problem:
    """What was wrong with a form, and in which of its fields."""

    field: str
    message: str


@dataclass(frozen=True)
class Forms:
    """How the page's forms stand: what was wrong, what was entered but not accepted, or what was just done."""

    problem: Problem | None = None
    entered: Mapping[str, str] = field(default_factory=dict)
    done: str | None = None


@dataclass(frozen=True)
class Way:
    """A state that the case may go to; `obstacle` says why it cannot yet. (A reason is asked for by the form.)"""

    state: str
    name: str
    obstacle: str | None


@dataclass(frozen=True)
class Names:
    """What the case's codes are called; `problem` is None where only its kind is known."""

    problem: str | None
    entry_point: str
    area: str
    owner: str
    country: str
    currency: str
    cofog: str | None


@dataclass(frozen=True)
class CasePage:
    """A case and all that belongs to it. `may_work` is false for the reviewer, who reads what is shared; `gap` is
    None for them."""

    case: Case
    gap: Gap | None
    names: Names
    timezone: str
    today: date
    windows: tuple[Occurrence, ...]
    facts: Facts
    asked: int
    lines: tuple[ShownLine, ...]
    suggestions: tuple[Suggestion, ...]
    hypotheses: Sequence[Hypothesis]
    figures: Sequence[Figure]
    actions: Sequence[Action]
    responses: Sequence[Response]
    timeline: Page[Entry]
    ways: tuple[Way, ...]
    cofog: tuple[tuple[str, str], ...]
    may_work: bool
    forms: Forms

    @property
    def answerable(self) -> tuple[tuple[str, str], ...]:
        """The actions that a response may answer."""
        standing = (action for action in self.actions if not action.taken_back)
        return tuple((str(a.id), f"{label(ACTIONS, a.kind)}{COLON}{a.recipient}") for a in standing)

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        """What may be taken back, the newest of each kind first."""
        parts = (self.figures, self.hypotheses, self.actions, self.responses)
        standing = (finding for part in parts for finding in reversed(part) if not finding.taken_back)
        return tuple((code_of(finding), _described(finding)) for finding in standing)

    def new_form(self) -> str:
        """The number that makes one form count once."""
        return str(uuid.uuid4())


def read_case_page(session: Session, number: int, forms: Forms, before: str | None = None) -> CasePage | None:
    """The page of this case, or None if the viewer may not see it or there is none: both look the same. `before` is
    where its timeline goes on."""
    case = session.get(Case, number)
    return _page(session, case, forms, before) if case else None


def read_figures(session: Session, case: Case) -> Sequence[Figure]:
    """The figures of this case in the order in which they were added, taken back or not."""
    return _parts(session, case, Figure)


def _page(session: Session, case: Case, forms: Forms, before: str | None) -> CasePage:
    directory, facts, on = current_directory(), facts_of(session, case), today(case.country)
    figures = read_figures(session, case)
    lines = lines_of(figure for figure in figures if not figure.taken_back)
    may_work = case.may_be_written_by(current_viewer())
    return CasePage(
        case=case,
        gap=session.get(Gap, case.gap_id) if may_work else None,
        names=names_of(case, directory),
        timezone=directory.country(case.country).timezone,
        today=on,
        windows=next_windows(calendars_of(case.country, case.entry_point), on)[:WINDOWS_SHOWN],
        facts=facts,
        asked=_asked(session, case),
        lines=shown_lines(lines, case.people_affected),
        suggestions=suggest(lines),
        hypotheses=_parts(session, case, Hypothesis),
        figures=figures,
        actions=_parts(session, case, Action),
        responses=_parts(session, case, Response),
        timeline=timeline(session, case, before),
        ways=_ways(case, facts) if may_work else (),
        cofog=cofog.offered(page_language(), _usual_codes(case, directory)),
        may_work=may_work,
        forms=forms,
    )


def names_of(case: Case, directory: Directory) -> Names:
    country = directory.country(case.country)
    return Names(
        problem=problem_name(case, directory),
        entry_point=entry_point_name(case, directory),
        area=area_name(case, directory),
        owner=directory.partner(case.owner).name,
        country=country.name_in(page_language()),
        currency=country.currency,
        cofog=_function(case.cofog),
    )


def _parts(session: Session, case: Case, model: type[Part]) -> Sequence[Part]:
    """The rows of this kind in the order in which they were added."""
    rows: Any = model
    return session.scalars(select(rows).where(rows.case_id == case.id).order_by(rows.id)).all()


def _asked(session: Session, case: Case) -> int:
    """How many people were asked since the case was opened, or opened again."""
    asked = select(func.count(func.coalesce(FixQuestion.contact_id, FixQuestion.id).distinct()))
    mine = asked.where(FixQuestion.case_id == case.id, FixQuestion.round >= case.counts_from)
    return session.scalars(mine).one() if case.round else 0


def _ways(case: Case, facts: Facts) -> tuple[Way, ...]:
    """Where the case may go; a reason and the other case are taken as given, since the form beside them asks for
    them."""
    with_reason = replace(facts, reason="given", merged_into=case.id)
    moves = [move for move in moves_from(case.state) if case.state != "parked" or move.new in _back(case)]
    return tuple(Way(move.new, label(STATES, move.new), obstacle(with_reason, move)) for move in moves)


def _back(case: Case) -> tuple[str | None, ...]:
    return (case.parked_from, "merged", "referred")


def _described(finding: Finding) -> str:
    """What a finding is, in one line."""
    if isinstance(finding, Figure):
        said = f"{label(PHASES, finding.phase)} {finding.fiscal_year}, {amount(finding.amount, finding.unit)}"
        return f"{PARTS['figure']}{COLON}{said}, {finding.programme}"
    if isinstance(finding, Hypothesis):
        return f"{PARTS['cause']}{COLON}{label(CAUSES, finding.cause)}, {finding.by}"
    if isinstance(finding, Action):
        return f"{PARTS['action']}{COLON}{label(ACTIONS, finding.kind)}, {finding.recipient}"
    return f"{PARTS['response']}{COLON}{label(RESPONSES, finding.kind)}, {finding.sender}"


def _usual_codes(case: Case, directory: Directory) -> tuple[str, ...]:
    entry = directory.entry_point(case.country, case.sector)
    return entry.cofog if entry else ()


def _function(code: str | None) -> str | None:
    function = cofog.functions().get(code or "")
    return f"{function.code} {function.name(page_language())}" if function else code
