"""Tags: a partner's own short words for sorting reports, always in lower case."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from app.inbox.acts import Refused
from app.reports.marks import LONGEST_TAG, MOST_TAGS
from app.reports.models import Report
from sms.text import clean

BETWEEN = re.compile(r"[,;\n]")
LOOKED_AT = 500
"""Reports with tags, the newest: what nobody has used since then is offered no more."""

MOST_OFFERED = 40


def read_tags(text: str) -> tuple[str, ...]:
    """The tags in what somebody typed, commas between them, each once."""
    words = (" ".join(part.split()) for part in BETWEEN.split(text.replace("\r", "\n")))
    tags = (clean(unicodedata.normalize("NFC", word)).strip().lower() for word in words)
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def check_tags(tags: Iterable[str]) -> list[str]:
    """These tags in order of the alphabet. Raises Refused when there are too many, or one is too long."""
    ordered = sorted(set(tags))
    too_long = next((tag for tag in ordered if len(tag) > LONGEST_TAG), None)
    if too_long:
        raise Refused(
            "new_tags", _("“%(tag)s…” is longer than %(n)d characters.", tag=too_long[:20], n=LONGEST_TAG)
        )
    if len(ordered) > MOST_TAGS:
        more = len(ordered) - MOST_TAGS
        raise Refused("new_tags", ngettext("One tag too many.", "%(num)d tags too many.", more))
    return ordered


def tags_in_use() -> Any:
    """The tags of the newest reports that have any and that the viewer may see, as a part of another statement:
    read by `most_used`."""
    tagged = select(Report.tags).where(Report.tags != [])
    newest = tagged.order_by(Report.created_at.desc(), Report.id.desc()).limit(LOOKED_AT).subquery()
    return select(func.jsonb_agg(newest.c.tags)).select_from(newest).scalar_subquery()


def most_used(tags: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """The most used first."""
    counted = Counter(tag for of_report in tags for tag in of_report)
    return tuple(sorted(counted, key=lambda tag: (-counted[tag], tag))[:MOST_OFFERED])
