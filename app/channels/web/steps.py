"""Which questions the web form asks, in which order: pure functions over the answers and the directory."""

from __future__ import annotations

from app.channels.web.answers import Answers
from app.directory.catalogue import OTHER, Directory, EntryPoint

CHECK = "check"
QUESTIONS = ("country", "sector", "problem", "area", "words", "contact")
STEPS = (*QUESTIONS, CHECK)


def asked(answers: Answers, directory: Directory, can_text: bool) -> tuple[str, ...]:
    """The steps that this person goes through; `can_text`: their country has a channel for text messages."""
    left_out = set()
    if answers.sector and entry_point(answers, directory) is None:
        left_out.add("problem")
    if not can_text:
        left_out.add("contact")
    return tuple(step for step in STEPS if step not in left_out)


def next_step(answers: Answers, directory: Directory, can_text: bool) -> str:
    """The first step that is not answered; `check` when all are."""
    steps = asked(answers, directory, can_text)
    return next(step for step in steps if step == CHECK or not is_answered(answers, step))


def reached(answers: Answers, directory: Directory, can_text: bool) -> tuple[str, ...]:
    """The steps that are answered, and the one after them: where a person may go."""
    steps = asked(answers, directory, can_text)
    return steps[: steps.index(next_step(answers, directory, can_text)) + 1]


def step_before(step: str, answers: Answers, directory: Directory, can_text: bool) -> str | None:
    """Where "Back" leads; None from the first step."""
    steps = asked(answers, directory, can_text)
    position = steps.index(step) if step in steps else 0
    return steps[position - 1] if position else None


def is_answered(answers: Answers, step: str) -> bool:
    if step == "words":
        return bool(answers.words) or (answers.words is not None and not needs_words(answers))
    return getattr(answers, step) is not None


def is_optional(answers: Answers, step: str) -> bool:
    """Whether the whole page may be passed over."""
    return step == "area" or (step == "words" and not needs_words(answers))


def needs_words(answers: Answers) -> bool:
    """Without a problem chosen from the list, only words say what is wrong."""
    return not answers.problem


def entry_point(answers: Answers, directory: Directory) -> EntryPoint | None:
    return directory.entry_point(answers.country, answers.sector) if answers.country else None


def sectors(country: str, directory: Directory) -> tuple[str, ...]:
    """The sectors of the country's entry points, and `other` last."""
    return (*(entry.sector for entry in directory.entry_points if entry.country == country), OTHER)
