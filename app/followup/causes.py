"""Why the money failed, as far as figures suggest it. We suggest and never decide: a person does. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.followup.rates import Line
from app.followup.rules import rules

CAUSES: dict[str, LazyString] = {
    "not_budgeted": _("Not budgeted"),
    "under_budgeted": _("Too little budgeted"),
    "not_released": _("Not released"),
    "released_late": _("Released late"),
    "not_spent": _("Not spent"),
    "misspent_or_leaked": _("Misspent or leaked"),
    "wrongly_targeted": _("Wrongly targeted"),
    "procurement_or_contract_failure": _("Failure of procurement or contract"),
    "unclear_responsibility": _("Unclear who is responsible"),
    "unknown": _("Not known"),
}

CONFIDENCES: dict[str, LazyString] = {
    "low": _("Not sure"),
    "medium": _("Fairly sure"),
    "high": _("Sure"),
}

NO_LINE = _("Nothing was approved for it.")
NO_FIGURES = _("There is no figure yet. Find what was approved, released and spent.")
ONE_SIDED = _("One figure alone says little. Find what was approved, released and spent.")
HELD_BACK = _("Much of what was approved was not released.")
LEFT_OVER = _("Much of what was released was not spent.")
NOT_USED = _("Much of what was approved was not spent, and the release is not known: find it.")
ALL_FINE = _("The money was released and spent, and the gap stays.")


@dataclass(frozen=True)
class Suggestion:
    """A cause that these figures point to; `line` is the one that does, None where there is none."""

    cause: str
    why: LazyString
    line: Line | None = None


def suggest(lines: Sequence[Line]) -> tuple[Suggestion, ...]:
    """What the figures of each line point to; where there is nothing to go by, that."""
    if not lines:
        return (Suggestion("unknown", NO_FIGURES),)
    found = tuple(suggestion for line in lines for suggestion in _of_line(line))
    return found or (Suggestion("unknown", ONE_SIDED),)


def _of_line(line: Line) -> Iterator[Suggestion]:
    fine_release, fine_execution = rules().fine_release, rules().fine_execution
    if line.amounts.get("approved") == 0:
        yield Suggestion("not_budgeted", NO_LINE, line)
    elif line.release is not None and line.release < fine_release:
        yield Suggestion("not_released", HELD_BACK, line)
    elif line.utilisation is not None and line.utilisation < fine_execution:
        yield Suggestion("not_spent", LEFT_OVER, line)
    elif line.release is None and line.execution is not None and line.execution < fine_execution:
        yield Suggestion("not_released", NOT_USED, line)
        yield Suggestion("not_spent", NOT_USED, line)
    elif line.execution is not None or line.utilisation is not None:
        for cause in ("misspent_or_leaked", "wrongly_targeted", "procurement_or_contract_failure"):
            yield Suggestion(cause, ALL_FINE, line)
