"""What a letter may be: nothing in it can become a header."""

from __future__ import annotations

import pytest

from app.mail.letter import BadLetter, is_address, one_line
from tests.builders.letters import a_letter


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org\nb@example.org",
        "a@example.org, b@example.org",
        "A <a@example.org>",
        '"a b"@example.org',
        "a@example",
        "a@example.org ",
        "",
        "\x00@example.org",
        "é@example.org",
        "a@" + "x" * 250 + ".org",
    ],
)
def test_an_address_that_is_not_one_plain_address_is_refused(address: str) -> None:
    assert not is_address(address)
    with pytest.raises(BadLetter) as error:
        a_letter(to=address)
    assert "example" not in str(error.value)


@pytest.mark.parametrize("subject", ["a\r\nBcc: b@example.org", "a\nb", "a\x00", "", "  ", "x" * 201, "a\u2028b"])
def test_a_subject_that_is_not_one_short_line_is_refused(subject: str) -> None:
    with pytest.raises(BadLetter):
        a_letter(subject=subject)


@pytest.mark.parametrize("text", ["a\r\nBcc: b@example.org", "x" * 500, "née\u2029Wanjiku \x00", "घर का नाम"])
def test_what_somebody_wrote_can_be_made_one_line(text: str) -> None:
    assert a_letter(subject=one_line(text)).subject
