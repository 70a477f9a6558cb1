"""What letters tell: references and links, in the reader's language; no words, no numbers of people, no names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from app.access.letters import address
from app.access.models import Account
from app.mail.letter import Letter, written_in

NAMED = 20
"""References under one heading; the page has the rest."""

HEADINGS = ("mention", "assigned", "followed")


@dataclass(frozen=True)
class News:
    """What is new for one person: references by matter, and how many reports came in."""

    references: Mapping[str, Sequence[str]]
    new_reports: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.new_reports or any(self.references.values()))


def at_once(account: Account, news: News) -> Letter:
    """Raises BadLetter."""
    with written_in(account.language):
        number = len({reference for some in news.references.values() for reference in some})
        subject = ngettext("%(num)d report concerns you", "%(num)d reports concern you", number)
        return Letter(account.email, subject, _body(news), "notice")


def digest(account: Account, news: News) -> Letter:
    """Raises BadLetter."""
    with written_in(account.language):
        return Letter(account.email, _("What is new for you at Gapline"), _body(news), "digest")


def _body(news: News) -> str:
    paragraphs = [_told(heading, news.references.get(heading, ())) for heading in HEADINGS]
    if news.new_reports:
        came = ngettext("%(num)d new report came in:", "%(num)d new reports came in:", news.new_reports)
        paragraphs.append(f"{came}\n{address('/inbox')}")
    paragraphs.append(_("All that concerns you:") + f"\n{address('/inbox/for-me')}")
    paragraphs.append(_("Choose which letters you get, or none:") + f"\n{address('/account/letters')}")
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def _told(heading: str, references: Sequence[str]) -> str:
    if not references:
        return ""
    named = [f"{reference}  {address(f'/inbox/{reference}')}" for reference in references[:NAMED]]
    more = len(references) - len(named)
    rest = [ngettext("and %(num)d more", "and %(num)d more", more)] if more else []
    return "\n".join([_heading(heading), *named, *rest])


def _heading(heading: str) -> str:
    if heading == "mention":
        return _("You are called in a note on:")
    if heading == "assigned":
        return _("Given to you:")
    return _("Something happened to what you follow:")
