"""The columns of an export: names in the reader's language, and beside them the codes that programs read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.access.speaking import page_language
from app.directory.catalogue import Directory
from app.inbox.labels import CHANNELS, FLAGS, GAP_KINDS, PRIORITIES, STATUSES, label, language_name
from app.inbox.naming import area_name, entry_point_name, partner_name, problem_name
from app.reports.models import Report
from app.reports.sealed import leads
from app.reports.sensitive import is_sensitive
from app.viewer import current_viewer

SAID, NUMBER = "words", "number"
"""The columns of the person's own words and phone number, which are only there where they were asked for."""


@dataclass(frozen=True)
class Told:
    """A report with what its row needs to know: its words (those of a sensitive one are not in here), the number of
    its person, and the names of colleagues by their own."""

    report: Report
    directory: Directory
    words: str = ""
    number: str = ""
    people: Mapping[int, str] = field(default_factory=dict)

    @property
    def is_closed(self) -> bool:
        """Whether what it is about is for its leads only."""
        return bool(self.report.sealed) and not leads(self.report, current_viewer())


@dataclass(frozen=True)
class Column:
    """`code` names it for programs, whatever the reader's language; `title` for people."""

    code: str
    title: LazyString
    of: Callable[[Told], str | None]


COLUMNS = (
    Column("reference", _("Reference"), lambda told: told.report.reference),
    Column("created_at", _("Came in at (UTC)"), lambda told: moment(told.report.created_at)),
    Column("status", _("Status, code"), lambda told: told.report.status),
    Column("status_name", _("Status"), lambda told: label(STATUSES, told.report.status)),
    Column("country", _("Country, code"), lambda told: told.report.country),
    Column("country_name", _("Country"), lambda told: _country(told)),
    Column("entry_point", _("Entry point, code"), lambda told: told.report.entry_point),
    Column("entry_point_name", _("Entry point"), lambda told: entry_point_name(told.report, told.directory)),
    Column("partner", _("With, code"), lambda told: told.report.partner),
    Column("partner_name", _("With"), lambda told: partner_name(told.report.partner, told.directory)),
    Column("problem_type", _("Problem, code"), lambda told: told.report.problem_type),
    Column("problem_name", _("Problem"), lambda told: problem_name(told.report, told.directory)),
    Column("gap_kind", _("Kind of gap, code"), lambda told: told.report.gap_kind),
    Column(
        "gap_kind_name",
        _("Kind of gap"),
        lambda told: told.report.gap_kind and label(GAP_KINDS, told.report.gap_kind),
    ),
    Column("area", _("Area, code"), lambda told: told.report.area),
    Column("area_name", _("Area"), lambda told: area_name(told.report, told.directory)),
    Column("channel", _("Channel, code"), lambda told: told.report.channel),
    Column("channel_name", _("Channel"), lambda told: label(CHANNELS, told.report.channel)),
    Column("language", _("Language, code"), lambda told: told.report.language),
    Column("language_name", _("Language"), lambda told: language_name(told.report.language)),
    Column("priority", _("Priority, 1 is the most urgent"), lambda told: str(told.report.priority)),
    Column("priority_name", _("Priority"), lambda told: str(PRIORITIES[told.report.priority])),
    Column("flags", _("Flags, codes"), lambda told: " ".join(told.report.flags)),
    Column("flag_names", _("Flags"), lambda told: ", ".join(label(FLAGS, flag) for flag in told.report.flags)),
    Column("sensitive", _("Sensitive (yes or no)"), lambda told: _yes(is_sensitive(told.report))),
    Column("tags", _("Tags"), lambda told: ", ".join(told.report.tags)),
    Column("assigned_to", _("Given to"), lambda told: told.people.get(told.report.assigned_to or 0)),
    Column("due_at", _("Due at (UTC)"), lambda told: moment(told.report.due_at)),
    Column("touched_at", _("Last act of staff (UTC)"), lambda told: moment(told.report.touched_at)),
    Column("answerable", _("Can be answered (yes or no)"), lambda told: _yes(told.report.answerable)),
    Column(SAID, _("What the person wrote"), lambda told: told.words),
    Column(NUMBER, _("Phone number"), lambda told: told.number),
)
"""In the order in which they stand."""


KEPT_BACK = frozenset({"problem_type", "problem_name", "gap_kind", "gap_kind_name", "tags"})
"""What rows of sensitive reports say to their leads only."""


def cell(column: Column, told: Told) -> str:
    """What stands in this column of this row."""
    return "" if told.is_closed and column.code in KEPT_BACK else column.of(told) or ""


def columns(with_words: bool, with_contacts: bool) -> tuple[Column, ...]:
    left_out = {SAID: not with_words, NUMBER: not with_contacts}
    return tuple(column for column in COLUMNS if not left_out.get(column.code))


def moment(at: datetime | None) -> str | None:
    """ISO 8601, in UTC, to the second."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at else None


def _country(told: Told) -> str:
    return told.directory.country(told.report.country).name_in(page_language())


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"
