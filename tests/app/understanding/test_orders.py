"""Orders, in every language, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.reference import new_reference
from app.understanding.meaning import understand
from app.understanding.orders import NAMES, read_order
from app.understanding.spoken import WRITTEN, word_lists
from tests.app.understanding.directory_data import shipped_directory

SAID = [
    ("KE", "stop pls", "stop"),
    ("KE", "ACHA!!!", "stop"),
    ("KE", "simama", "stop"),
    ("GH", "tɔ", "stop"),
    ("GH", "Tɔ!", "stop"),
    ("NG", "e dekun mi ma fe ifiranse mo", "stop"),
    ("SN", "ne m'envoyez plus rien", "stop"),
    ("KE", "nisaidie jinsi ya kuripoti", "how"),
    ("SN", "arrêt", "stop"),
    ("SN", "ARRETEZ SVP", "stop"),
    ("ID", "berhenti", "stop"),
    ("IN", "बंद करो ये मैसेज", "stop"),
    ("ZA", "hou asb op met die boodskappe", "stop"),
    ("NG", "please stop texting me", "stop"),
    ("KE", "tafadhali nisaidie", "help"),
    ("ID", "bantuan", "help"),
    ("SN", "où en est mon signalement", "status"),
    ("GH", "please call me back", "call_me"),
    ("NG", "delete my data abeg", "erase"),
    ("KE", "lugha", "language"),
    ("ZA", "my data", "my_data"),
    ("KE", "soma", "read"),
    ("KE", "how do i report?", "how"),
    ("ID", "mulai lagi", "start"),
]
NO_ORDERS = [
    ("KE", "stop the mine"),
    ("KE", "STOP 12345"),
    ("GH", "stop the galamsey, it kills our river"),
    ("KE", "help us with water"),
    ("KE", "status of the borehole is broken"),
    ("KE", "read this: no drugs"),
    ("ID", "bantuan belum cair"),
    ("KE", "how are you"),
    ("KE", "thank you for your help"),
]


@pytest.mark.parametrize(("country", "text", "name"), SAID)
def test_an_order_is_obeyed_however_it_is_written(country: str, text: str, name: str) -> None:
    meaning = understand(text, country, shipped_directory())
    assert (meaning.kind, meaning.command) == ("command", name)


@pytest.mark.parametrize(("country", "text"), NO_ORDERS)
def test_an_order_counts_only_when_it_stands_alone(country: str, text: str) -> None:
    assert understand(text, country, shipped_directory()).command is None


@pytest.mark.parametrize("written", ["{}", "status {}", "STATUS: {}", "what happened to my report {}"])
@pytest.mark.parametrize("country", sorted(WRITTEN))
def test_a_reference_asks_for_its_state(country: str, written: str) -> None:
    reference = new_reference(country)
    for typed in (reference, reference.lower(), reference.replace("-", " ")):
        order = read_order(written.format(typed), country)
        assert order is not None
        assert order.name == "status"
        assert order.reference is not None
        assert order.reference.upper().replace(" ", "-") == reference


def test_every_order_has_words_in_every_language_that_a_country_writes() -> None:
    lists = word_lists("commands.toml")
    written = {language for languages in WRITTEN.values() for language in languages}
    offered = {language for country in shipped_directory().countries for language in country.languages}
    assert all(offered <= lists[name].keys() for name in NAMES)
    assert written <= lists["stop"].keys()


@given(st.text(), st.sampled_from(sorted(WRITTEN)))
def test_no_text_breaks_the_reading_of_orders(text: str, country: str) -> None:
    order = read_order(text, country)
    assert order is None or order.name in NAMES


@pytest.mark.parametrize("text", ["not", "not at all", "tidak", "never", "pas du tout"])
@pytest.mark.parametrize("country", ["GH", "ID", "KE", "ZA"])
def test_a_word_that_only_denies_orders_nothing(text: str, country: str) -> None:
    assert read_order(text, country) is None
