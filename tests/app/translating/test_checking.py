"""A correction is refused for what `make languages` would refuse it for, and for nothing else."""

from __future__ import annotations

import pytest
from flask import Flask

from app.conversation.menu.wording import CALL_ME, WHAT_IS_WRONG
from app.conversation.money import MONEY
from app.language import trying, words_for
from app.outbox.wording import ACKNOWLEDGMENT, HELP, SECTORS, STATES
from app.translating.checking import Outcome, try_out
from app.translating.sizes import screens, screens_saying
from tests.app.conversation.menu_worlds import directory

LONG_WORD = "maneno " * 30


def outcome(text: str, said: str, code: str = "sw") -> Outcome:
    return try_out(directory(), code, text, said)


@pytest.mark.parametrize(
    ("text", "said", "kind"),
    [
        (ACKNOWLEDGMENT, "  ", "empty"),
        (ACKNOWLEDGMENT, "Imeandikwa. Kuuliza: STATUS {reference}. Kuacha: STOP {", "braces"),
        (ACKNOWLEDGMENT, "Imeandikwa. Kuuliza: STATUS {0}. Kuacha: STOP", "braces"),
        (ACKNOWLEDGMENT, "Imeandikwa. Kuuliza: STATUS {reference.code}. Kuacha: STOP", "braces"),
        (ACKNOWLEDGMENT, "Imeandikwa. Kuuliza: STATUS {refernce}. Kuacha: STOP", "gaps"),
        (ACKNOWLEDGMENT, "Imeandikwa: {reference}. Kuuliza: HALI {reference}. Kuacha: STOP", "orders"),
        (ACKNOWLEDGMENT, "Lalamiko: {reference}. Kuuliza: STATUS {reference}. Kuacha: STOP", "banned"),
        (ACKNOWLEDGMENT, f"{LONG_WORD}{{reference}} STATUS {{reference}}. STOP", "long_text"),
        (STATES["resolved"], "dawa zimekuja", "banned"),
        (SECTORS["health"], "Tiba", "glossary"),
        (CALL_ME, "Nipigie ŵakati", "letters"),
        (CALL_ME, LONG_WORD, "long_screen"),
        (WHAT_IS_WRONG, LONG_WORD * 3, "long_screen"),
        (HELP, "Tuandikie. STATUS, READ, STOP.", "glossary"),
    ],
)
def test_what_cannot_be_said_is_refused_with_its_reason(speaking: Flask, text: str, said: str, kind: str) -> None:
    assert kind in {fault.kind for fault in outcome(text, said).faults}


def test_what_is_said_today_is_no_fault_anywhere(speaking: Flask) -> None:
    for text in (ACKNOWLEDGMENT, HELP, CALL_ME, SECTORS["health"], *MONEY["ke-health"]):
        assert outcome(text, words_for("sw", text)) == Outcome((), (), ())


def test_a_correction_shows_each_message_and_screen_that_it_changes(speaking: Flask) -> None:
    found = outcome(STATES["resolved"], "limetatuliwa kabisa")
    assert found.faults == ()
    assert len([sized for sized in found.texts if "limetatuliwa kabisa" in sized.text]) == len(found.texts) == 2
    assert any("limetatuliwa kabisa" in sized.text for sized in found.screens)


def test_in_hindi_the_acknowledgment_must_fit_seventy_letters(speaking: Flask) -> None:
    said = words_for("hi", ACKNOWLEDGMENT)
    assert outcome(ACKNOWLEDGMENT, f"{said} धन्यवाद", "hi").faults[-1].kind == "long_text"


def test_what_stands_on_web_pages_alone_may_be_long_and_have_all_its_letters(speaking: Flask) -> None:
    assert outcome("Choose a country.", "Chagua nchi – " + "ndefu ŵ " * 60).faults == ()


@pytest.mark.parametrize("text", ["Where is it?", "Please choose a number.", "Recorded: {reference}", "Health"])
def test_every_screen_that_a_text_stands_on_is_looked_at_and_hardly_any_other(speaking: Flask, text: str) -> None:
    every = set(screens(directory(), "IN", "hi"))
    with trying({("hi", text): f"{words_for('hi', text)}?"}):
        changed = set(screens(directory(), "IN", "hi")) - every
        looked_at = set(screens_saying(directory(), "IN", "hi", text))
    assert changed
    assert changed <= looked_at
    assert len(looked_at) < len(every)
