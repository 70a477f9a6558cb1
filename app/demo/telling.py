"""One report of the demo's past: who told what, how, and what has been done about it since."""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from app.deadlines.steps import first_clock, reach
from app.demo.fates import Step, choose_fate
from app.demo.sayings import PLACE, Saying, country_words, phrases
from app.directory.current import current_directory
from app.directory.routing import route
from app.reports.lifecycle import OPEN
from app.reports.marks import HIGH, LOW, NORMAL, URGENT
from app.reports.models import Report
from app.reports.reference import new_reference

BY_PHONE = {"sms": 46, "whatsapp": 24, "ussd": 30}
WITHOUT_A_PHONE = {"web": 75, "staff": 25}
URGENCY = {URGENT: 5, HIGH: 15, NORMAL: 70, LOW: 10}
TAGGED, GIVEN, NOTED, ANSWERED, READ, SNOOZED, WANTS_A_CALL, IS_SENSITIVE = (
    0.4,
    0.6,
    0.3,
    0.45,
    0.6,
    0.12,
    0.06,
    0.01,
)
"""How often each happens."""

One = TypeVar("One")

LIKELY_THE_SAME = timedelta(days=60)
CALL_TIMES = ("morning", "afternoon", "evening")
ASKED_AGAIN = "needs_information", "reopened"
Colleagues = Mapping[str, tuple[tuple[int, str], ...]]
"""Who works at each partner and desk: the number and name of their accounts."""


@dataclass(frozen=True)
class Reply:
    body: str
    at: datetime
    read_at: datetime | None
    id: uuid.UUID = field(default_factory=uuid.uuid4)


@dataclass(frozen=True)
class Told:
    """One report with its words; `more` is what the person added, and when; `kept` is the report that it was
    merged with."""

    report: Report
    words: str
    steps: tuple[Step, ...]
    more: tuple[str, datetime] | None = None
    note: str = ""
    reply: Reply | None = None
    given_to: str = ""
    call_time: str = ""
    kept: Report | None = None


class Teller:
    """Tells reports by chance, and by the same chance at every start."""

    def __init__(self, now: datetime, colleagues: Colleagues) -> None:
        self.now = now
        self._chance = random.Random(1)  # noqa: S311 - the same past at every start, and no secret
        self._colleagues = colleagues
        self._earlier: dict[str, Report] = {}
        self._unsaid: dict[tuple[str, str], list[Saying]] = {}

    def tell(self, country: str, sector: str, area: str | None, person: uuid.UUID | None, at: datetime) -> Told:
        """What this person (None: nobody who can be told apart) told at that moment."""
        saying = self._next_saying(country, sector, area)
        report = self._report(country, sector, area, saying, at)
        report.contact_id, report.channel = person, _one_of(self._chance, BY_PHONE if person else WITHOUT_A_PHONE)
        matter = f"{report.entry_point} {area} {saying.problem}"
        earlier = self._earlier.get(matter)
        may_repeat = earlier is not None and timedelta(0) < at - earlier.created_at < LIKELY_THE_SAME
        steps = choose_fate(self._chance, at, self.now, may_repeat=may_repeat)
        words = self._words(report, saying, steps)
        more = self._more(report, steps)
        self._reach(report, steps, more)
        self._mark(report, country_words(country).topics[sector].tags)
        return Told(report, words, steps, more, **self._work(report, steps), kept=self._merged(report, matter))

    def _merged(self, report: Report, matter: str) -> Report | None:
        """The report that goes on, where this one is merged with it; else this is the one that others repeat."""
        if report.status == "duplicate":
            kept = self._earlier[matter]
            report.merged_into, kept.has_merged = kept.id, True
            return kept
        if report.status != "not_a_report" and report.problem_type:
            self._earlier[matter] = report
        return None

    def minute_of(self, first: datetime, last: datetime) -> datetime:
        return first + timedelta(minutes=self._chance.randrange(max(1, int((last - first) / timedelta(minutes=1)))))

    def happens(self, often: float) -> bool:
        return self._chance.random() < often

    def _next_saying(self, country: str, sector: str, area: str | None) -> Saying:
        """Each once before any is said again; without an area none that names a place."""
        unsaid = self._unsaid.setdefault((country, sector), [])
        fitting = [saying for saying in unsaid if area or PLACE not in saying.text]
        if not fitting:
            fresh = list(country_words(country).topics[sector].sayings)
            self._chance.shuffle(fresh)
            unsaid[:] = fresh
            fitting = [saying for saying in unsaid if area or PLACE not in saying.text]
        unsaid.remove(fitting[0])
        return fitting[0]

    def _report(self, country: str, sector: str, area: str | None, saying: Saying, at: datetime) -> Report:
        """Nobody is ever answered: they are numbers made up for a demo."""
        directory = current_directory()
        way = route(directory, country, sector, area, self.now.date())
        return Report(
            id=uuid.uuid4(),
            reference=new_reference(country),
            country=country,
            sector=sector,
            entry_point=way.entry_point,
            partner=way.partner,
            problem_type=saying.problem,
            gap_kind=directory.problem(saying.problem).gap_kind if saying.problem else None,
            area=area,
            language=saying.language,
            status="new",
            flags=list(way.flags),
            why=way.why,
            answerable=False,
            created_at=at,
            touched_at=at,
            said_at=at,
            assigned_to=None,
            snoozed_until=None,
            merged_into=None,
            has_merged=False,
        )

    def _words(self, report: Report, saying: Saying, steps: tuple[Step, ...]) -> str:
        if steps and steps[-1].status == "not_a_report":
            report.problem_type = report.gap_kind = None
            return self._chance.choice(phrases()[report.language].noise)
        places = country_words(report.country).places.get(report.area or "", ())
        return saying.text.replace(PLACE, self._chance.choice(places)) if places else saying.text

    def _more(self, report: Report, steps: tuple[Step, ...]) -> tuple[str, datetime] | None:
        """What the person added where they were asked, or where it was not mended."""
        if not steps or steps[-1].status not in ASKED_AGAIN or self.happens(0.4):
            return None
        return self._chance.choice(phrases()[report.language].more), self.minute_of(steps[-1].at, self.now)

    def _reach(self, report: Report, steps: tuple[Step, ...], more: tuple[str, datetime] | None) -> None:
        """The status and the clock that it would have."""
        for name, value in first_clock(report, report.created_at).items():
            setattr(report, name, value)
        for step in steps:
            reach(report, step.status, step.at)
            report.touched_at = step.at
        report.said_at = more[1] if more else report.created_at

    def _mark(self, report: Report, tags: tuple[str, ...]) -> None:
        report.tags = (
            sorted(self._chance.sample(tags, self._chance.choice((1, 1, 2)))) if self.happens(TAGGED) else []
        )
        report.priority = _one_of(self._chance, URGENCY)
        if self.happens(IS_SENSITIVE):
            report.flags = [*report.flags, "sensitive"]
        if report.status in OPEN and report.status != "new" and self.happens(SNOOZED):
            report.snoozed_until = self.now + timedelta(days=self._chance.choice((-1, 1, 2, 3, 7)), minutes=-20)

    def _work(self, report: Report, steps: tuple[Step, ...]) -> dict[str, Any]:
        """What staff did beside moving it on, and whether somebody waits for a call."""
        done: dict[str, Any] = {}
        if report.contact_id and report.status in OPEN and self.happens(WANTS_A_CALL):
            report.flags = [*report.flags, "call_back"]
            done["call_time"] = self._chance.choice(CALL_TIMES)
        if not steps or report.status in ("duplicate", "not_a_report"):
            return done
        if self.happens(NOTED):
            done["note"] = self._chance.choice(country_words(report.country).notes)
        if self.happens(ANSWERED):
            done["reply"] = self._reply(report, steps)
        there = self._colleagues.get(report.partner, ())
        if there and self.happens(GIVEN):
            report.assigned_to, done["given_to"] = self._chance.choice(there)
        return done

    def _reply(self, report: Report, steps: tuple[Step, ...]) -> Reply:
        """Where something is to be known first, the question: it is the last of the answers."""
        answers = phrases()[report.language].answers
        body = answers[-1] if report.status == "needs_information" else self._chance.choice(answers[:-1])
        at = steps[-1].at
        return Reply(body, at, self.minute_of(at, self.now) if self.happens(READ) else None)


def _one_of(chance: random.Random, often: Mapping[One, int]) -> One:
    return chance.choices(list(often), list(often.values()))[0]
