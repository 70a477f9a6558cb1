"""Everything that the page of one report shows."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.access.speaking import page_language
from app.directory.catalogue import Directory
from app.directory.current import current_directory
from app.inbox import acts
from app.inbox.asking import questions_for
from app.inbox.beside.around import Around, read_around
from app.inbox.colleagues import Colleague, colleagues, readers_among
from app.inbox.due import Due, due_of
from app.inbox.following.followers import Followers, followers_of
from app.inbox.following.mentions import handles
from app.inbox.history import Entry, timeline
from app.inbox.labels import CALL_TIMES, CONSENTS, DONE, FLAGS, label
from app.inbox.marking import Marks, marks_of
from app.inbox.merging import Merged, merged_of
from app.inbox.naming import area_name, entry_point_name, partner_name, problem_name, town_name
from app.inbox.placing import Picture, areas_for, picture_of
from app.inbox.ready_answers import Ready, ready_answers
from app.inbox.revealing import REASONS, has_number
from app.inbox.same_person import Earlier, earlier_reports
from app.inbox.secrecy import ClosedPage, Secrecy, closed_page, secrecy_of
from app.inbox.sending_on import MOVED, places_for
from app.inbox.similar import Similar, similar_reports
from app.inbox.whys import why_routed
from app.language import say
from app.outbox import wording
from app.photos.keeping import photos_of
from app.photos.models import Photo
from app.reports.lifecycle import NEEDS_A_REASON, next_statuses
from app.reports.locations import Location, location_of
from app.reports.models import Report
from app.reports.sealing import may_read, opened
from app.reports.sensitive import SENSITIVE, is_sensitive
from app.understanding.meaning import understand
from app.viewer import current_viewer
from sms.segments import count


@dataclass(frozen=True)
class Problem:
    """What was wrong with a form, and in which of its fields."""

    field: str
    message: str


@dataclass(frozen=True)
class Names:
    """What the report's codes are called."""

    entry_point: str
    problem_type: str
    area: str | None
    partner: str
    flags: tuple[str, ...]
    country: str


@dataclass(frozen=True)
class Forms:
    """How the page's forms stand: what was wrong, what was entered but not accepted, or what was just done.

    `begun` is the number of the ready answer that the reply begins with."""

    problem: Problem | None = None
    entered: Mapping[str, str] = field(default_factory=dict)
    done: str | None = None
    begun: int | None = None

    @property
    def confirmation(self) -> str | None:
        """What confirms the act that led here, if one did."""
        return label(DONE, self.done) if self.done in DONE else None


@dataclass(frozen=True)
class Words:
    """One message of the person; `is_redacted`: something in it is blacked out."""

    message: uuid.UUID
    text: str
    is_redacted: bool


@dataclass(frozen=True)
class ReportPage:
    """A report with its names, its timeline, and what may be done next.

    `notice` is the message that word of a reply will be; None when the person cannot be reached. `near` is the town
    by the person's `location`. `places` are where it may be sent on to, `evidence` the words that say so today,
    `teaches` whether its words may be learnt from it.
    """

    report: Report
    words: tuple[Words, ...]
    names: Names
    sensitive: bool
    secrecy: Secrecy
    timezone: str
    photos: tuple[Photo, ...]
    location: Location | None
    near: str | None
    timeline: tuple[Entry, ...]
    moves: tuple[str, ...]
    notice: str | None
    why: str | None
    areas: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    evidence: tuple[str, ...]
    teaches: bool
    colleagues: tuple[Colleague, ...]
    callable: tuple[Colleague, ...]
    earlier: tuple[Earlier, ...]
    similar: tuple[Similar, ...]
    merged: Merged
    followers: Followers
    marks: Marks
    around: Around
    questions: tuple[tuple[str, str], ...]
    due: Due | None
    forms: Forms
    ready: tuple[Ready, ...]

    needs_a_reason = NEEDS_A_REASON
    reveal_reasons = REASONS
    longest = MappingProxyType(
        {"note": acts.LONGEST_NOTE, "reply": acts.LONGEST_REPLY, "reason": acts.LONGEST_REASON}
    )

    @property
    def handles(self) -> tuple[tuple[str, str], ...]:
        """Who may be called in a note, and how each is written."""
        return tuple(pair for pair in handles(self.callable) if pair[0] != current_viewer().name)

    @property
    def reply(self) -> str:
        """What stands in the reply: what was entered, else the ready answer that was chosen, else the draft."""
        begun = self.forms.begun
        chosen = self.ready[begun].text if begun is not None and 0 <= begun < len(self.ready) else ""
        return self.forms.entered.get("reply") or chosen or self._begun("reply")

    @property
    def note(self) -> str:
        return self.forms.entered.get("note") or self._begun("note")

    @property
    def parts(self) -> int:
        """How many text messages the reply costs as it stands there, sent as READ sends it; 0 without one."""
        return count(f"{self.report.reference}: {self.reply}").parts if self.reply else 0

    def _begun(self, kind: str) -> str:
        return self.around.drafts[kind].text if kind in self.around.drafts else ""

    @property
    def has_number(self) -> bool:
        return has_number(self.report)

    @property
    def call_at(self) -> tuple[str, str] | None:
        """When the person wishes to be called, and the language they speak, where they said so last."""
        said = [event.detail for event in self.report.events if event.kind == "call_time"]
        return (label(CALL_TIMES, said[-1]["when"]), said[-1]["language"]) if said else None

    @property
    def agreed_to(self) -> tuple[str, ...]:
        """What the person said last about each use of their words."""
        said = {e.detail["purpose"]: e.detail["act"] for e in self.report.events if e.kind == "consent"}
        return tuple(str(CONSENTS[one]) for one in said.items() if one in CONSENTS)

    @property
    def is_with_strangers(self) -> bool:
        """Whether somebody works on it whom the viewer does not know: at another partner of the entry point."""
        known = {one.key for one in self.colleagues}
        return self.report.assigned_to is not None and str(self.report.assigned_to) not in known

    @property
    def done(self) -> str | None:
        """What confirms the act that led here, if one did."""
        return self.forms.confirmation

    @property
    def picture(self) -> Picture:
        """The areas that it may be from as squares, about where they lie."""
        return picture_of(self.report.country, self.areas)

    def new_form(self) -> str:
        """The number that makes one form count once."""
        return str(uuid.uuid4())


def read_report_page(session: Session, reference: str, forms: Forms) -> ReportPage | ClosedPage | None:
    """The page of this report, or None if the viewer may not see it or there is none: both look the same.

    Of a sensitive one whose words the viewer may not read there is little to see, and whom to ask.
    """
    report = session.scalars(
        select(Report)
        .where(Report.reference == reference)
        .options(selectinload(Report.messages), selectinload(Report.events))
    ).one_or_none()
    if report is None:
        return None
    if not may_read(session, report):
        return closed_page(session, report, forms.confirmation)
    return _page(session, report, forms)


def _page(session: Session, report: Report, forms: Forms) -> ReportPage:
    directory, location = current_directory(), location_of(session, report)
    us, around = colleagues(session, report), read_around(session, report)
    sealed = opened(session, report)
    words = _words(report, sealed)
    return ReportPage(
        report=report,
        words=words,
        names=_names(report, directory),
        sensitive=is_sensitive(report),
        secrecy=secrecy_of(session, report),
        timezone=directory.country(report.country).timezone,
        photos=photos_of(session, report),
        location=location,
        near=town_name(report, location),
        timeline=timeline(session, report, directory, sealed),
        moves=next_statuses(report.status),
        notice=_notice(report),
        why=why_routed(report, directory),
        areas=areas_for(report, directory),
        places=places_for(report, directory),
        evidence=_evidence(report, words, directory),
        teaches=_teaches(report),
        colleagues=us,
        followers=followers_of(report, us, around.follows),
        callable=readers_among(session, report, us),
        earlier=earlier_reports(session, report, directory),
        similar=similar_reports(session, report, directory),
        merged=merged_of(session, report),
        marks=marks_of(report, around.tags),
        around=around,
        questions=questions_for(report),
        due=due_of(report, datetime.now(UTC), directory),
        forms=forms,
        ready=ready_answers(report, directory),
    )


def _names(report: Report, directory: Directory) -> Names:
    return Names(
        entry_point=entry_point_name(report, directory),
        problem_type=problem_name(report, directory),
        area=area_name(report, directory),
        partner=partner_name(report.partner, directory),
        flags=tuple(label(FLAGS, flag) for flag in report.flags if flag != SENSITIVE),
        country=directory.country(report.country).name_in(page_language()),
    )


def _words(report: Report, sealed: Mapping[uuid.UUID, str]) -> tuple[Words, ...]:
    said = ((one, sealed.get(one.id, one.body)) for one in report.messages)
    return tuple(Words(one.id, text, one.redacted_at is not None) for one, text in said if text)


def _evidence(report: Report, words: tuple[Words, ...], directory: Directory) -> tuple[str, ...]:
    """The words of its first message that lead to its sector today; none where they lead elsewhere."""
    meaning = understand(words[0].text, report.country, directory) if words else None
    return meaning.evidence if meaning and meaning.sector == report.sector else ()


def _teaches(report: Report) -> bool:
    """Whether a report that came here by hand may teach us: its new owner's lead can add its words."""
    was_moved = any(event.kind == MOVED for event in report.events)
    return (
        was_moved
        and not is_sensitive(report)
        and current_viewer().kind == "partner_lead"
        and report.entry_point is not None
    )


def _notice(report: Report) -> str | None:
    if not (report.answerable and report.reply_channel):
        return None
    return say(report.language, wording.ANSWER_WAITS, reference=report.reference)
