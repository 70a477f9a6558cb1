"""Somebody reports for somebody else: said in any language, marked for the partner, answered as ever."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.understanding.for_another import FILE, is_for_another
from app.understanding.spoken import WRITTEN, word_lists
from tests.app.channels.ussd_phone import Phone, speaks
from tests.builders.reports import a_number, say
from tests.builders.stored import messages_out, reports

SAID = [
    ("KE", "no drugs at the dispensary in Busia, I am writing on behalf of my aunt"),
    ("KE", "zahanati haina dawa Busia, naandika kwa niaba ya jirani"),
    ("NG", "no drug for clinic, na for my neighbour, e no get phone"),
    ("SN", "pas d'eau, j'écris au nom de ma voisine"),
    ("ZA", "geen water nie, ek skryf namens my buurvrou"),
    ("IN", "पानी नहीं आता, पड़ोसी के लिए लिख रहा हूँ"),
    ("ID", "bansos belum cair, saya lapor untuk tetangga"),
]


@pytest.mark.parametrize(("country", "text"), SAID)
def test_it_is_understood_where_it_is_said(country: str, text: str) -> None:
    assert is_for_another(text, country)


@pytest.mark.parametrize(
    "text", ["no drugs for my child", "my neighbour stole the pump", "the clinic has no phone", "behalf", ""]
)
def test_what_is_ones_own_matter_is_not_taken_for_somebody_elses(text: str) -> None:
    assert not is_for_another(text, "KE")


def test_there_are_phrases_in_every_language_that_people_write() -> None:
    written = {language for languages in WRITTEN.values() for language in languages}
    assert written <= word_lists(FILE)["for_another"].keys()


def test_the_report_has_the_mark_and_its_maker_the_usual_acknowledgment(app: Flask) -> None:
    say("no drugs at the dispensary in Busia, I am writing on behalf of my aunt")
    (report,), (first, *_) = reports(), messages_out()
    assert report.flags == ["on_behalf"]
    assert first.body.startswith(f"Recorded: {report.reference}.")


def test_what_was_said_before_a_question_counts_too(app: Flask) -> None:
    sender = a_number()
    say("please help, I am writing for my neighbour", sender=sender)
    say("1", sender=sender)
    (report,) = reports()
    assert (report.sector, report.flags) == ("health", ["on_behalf"])


def test_in_the_menu_it_is_said_in_ones_own_words(app: Flask, client: FlaskClient) -> None:
    phone = Phone(client, speaks(a_number(), "en"))
    phone.dial()
    phone.answer("1", "1", "1", "no drugs, for my neighbour", "1")
    assert phone.has_ended
    assert [report.flags for report in reports()] == [["on_behalf"]]
