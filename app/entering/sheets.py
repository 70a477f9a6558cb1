"""A sheet of reports: looked through first, with what each line would become, and taken in when it is confirmed."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta

from flask import current_app
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.database import transaction
from app.directory.current import current_directory
from app.entering.entry import Entry, Wrong, read_entry
from app.entering.filing import Worker, enter, is_repeated, worker_of
from app.entering.models import EnteredSheet
from app.entering.tables import Line, read_table
from app.queue import Job, Patience, jobs, put
from app.viewer import INTAKE, acting_as, current_viewer

CHUNK = 50
"""Lines in one transaction: what a crash repeats finds itself by its key."""

PREVIEW_LASTS = timedelta(hours=12)
KEPT = timedelta(days=90)
MOST_SAID = 50
"""Mistakes that are listed."""


@dataclass(frozen=True)
class Mistake:
    """What is wrong in which line and column of the sheet."""

    line: int
    column: str
    message: str


@dataclass(frozen=True)
class Read:
    """A line that may be taken in. `repeated`: its number and matter are in an earlier line, or came in today."""

    line: int
    entry: Entry
    repeated: bool = False


class NotTakenIn(ValueError):
    """The sheet has mistakes; nothing is kept of it."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__(f"{len(mistakes)} mistakes")
        self.mistakes = tuple(mistakes)


class NoSuchSheet(LookupError):
    """There is no such sheet of the viewer's, or it is too old."""


def look_through(content: bytes, country: str) -> uuid.UUID:
    """Keep the sheet until it is confirmed, sealed; returns its number. Raises NotTakenIn, BadTable."""
    read = _read_all(read_table(content), country)
    text = json.dumps([[one.line, _to_json(one.entry)] for one in read], ensure_ascii=False)
    digest = hashlib.sha256(f"{current_viewer().partner or country}/{text}".encode()).hexdigest()
    number = uuid.uuid4()
    row = EnteredSheet(
        id=number,
        account_id=current_viewer().account_id,
        by=worker_of(current_viewer()).by,
        country=country,
        digest=digest,
        rows=current_app.extensions["vault"].seal(text, _place(number)),
        total=len(read),
        done=0,
        state="preview",
    )
    with transaction() as session:
        session.add(row)
    return number


def _read_all(lines: Sequence[Line], country: str) -> list[Read]:
    directory, read, mistakes = current_directory(), [], []
    for number, values in lines:
        try:
            read.append(Read(number, read_entry(values, country, directory)))
        except Wrong as wrong:
            mistakes += [Mistake(number, column, message) for column, message in wrong.problems.items()]
    if mistakes:
        raise NotTakenIn(mistakes)
    return read


def sheet_of(session: Session, number: uuid.UUID) -> EnteredSheet:
    """The viewer's sheet. Raises NoSuchSheet."""
    found = session.get(EnteredSheet, number)
    is_old = found is not None and found.state == "preview" and found.at < datetime.now(UTC) - PREVIEW_LASTS
    if found is None or is_old:
        raise NoSuchSheet(number)
    return found


def lines_of(sheet: EnteredSheet) -> list[Read]:
    """What the sheet says, with its repetitions marked."""
    seen, marked = set(), []
    with acting_as(INTAKE), transaction() as session:
        for one in _unsealed(sheet):
            key = (one.entry.number, one.entry.sector, one.entry.problem)
            is_again = bool(one.entry.number) and (key in seen or is_repeated(session, one.entry))
            marked.append(replace(one, repeated=is_again))
            seen.add(key)
    return marked


def confirm(session: Session, number: uuid.UUID) -> None:
    """Have the sheet taken in; confirming it again changes nothing. Raises NoSuchSheet."""
    sheet = sheet_of(session, number)
    session.refresh(sheet, with_for_update=True)
    if sheet.state == "preview":
        sheet.state = "running"
        put(session, Job(take_in, {"sheet": str(number)}, lock="entering"))


@jobs.task(name="entering.take_in", retry=Patience())
def take_in(sheet: str) -> None:
    """Take in the lines of a confirmed sheet, some in each transaction, until all are."""
    while _take_in_some(uuid.UUID(sheet)):
        pass


def _take_in_some(number: uuid.UUID) -> bool:
    with transaction() as session:
        sheet = session.get(EnteredSheet, number, with_for_update=True)
        if sheet is None or sheet.state != "running":
            return False
        for one in _unsealed(sheet)[sheet.done : sheet.done + CHUNK]:
            enter(session, one.entry, Worker(sheet.by, sheet.account_id), f"{sheet.digest}:{one.line}")
        sheet.done = min(sheet.done + CHUNK, sheet.total)
        if sheet.done == sheet.total:
            sheet.state, sheet.rows, sheet.finished_at = "done", None, datetime.now(UTC)
        return sheet.state == "running"


@jobs.periodic(cron="17 * * * *")
@jobs.task(name="entering.forget", queueing_lock="entering.forget")
def forget(timestamp: int) -> None:
    """Delete sheets that nobody confirmed, and after a while those that were taken in."""
    now = datetime.fromtimestamp(timestamp, UTC)
    with transaction() as session:
        unused = (EnteredSheet.state == "preview") & (EnteredSheet.at < now - PREVIEW_LASTS)
        session.execute(delete(EnteredSheet).where(unused | (EnteredSheet.finished_at < now - KEPT)))


def earlier(session: Session, sheet: EnteredSheet) -> EnteredSheet | None:
    """The viewer's own sheet that said exactly this and was confirmed."""
    same = select(EnteredSheet).where(
        EnteredSheet.digest == sheet.digest, EnteredSheet.id != sheet.id, EnteredSheet.state != "preview"
    )
    return session.scalars(same.order_by(EnteredSheet.at.desc()).limit(1)).one_or_none()


def _unsealed(sheet: EnteredSheet) -> list[Read]:
    text = current_app.extensions["vault"].open(sheet.rows, _place(sheet.id)) if sheet.rows else "[]"
    return [Read(line, _from_json(values)) for line, values in json.loads(text)]


def _to_json(entry: Entry) -> dict[str, object]:
    return {**asdict(entry), "heard_on": entry.heard_on.isoformat()}


def _from_json(values: dict) -> Entry:
    return Entry(**{**values, "heard_on": date.fromisoformat(values["heard_on"])})


def _place(number: uuid.UUID) -> str:
    return f"entered_sheet/rows/{number}"
