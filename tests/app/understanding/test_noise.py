"""What is never filed: greetings, thanks, strangers, advertisements, single characters."""

from __future__ import annotations

import pytest

from app.understanding.meaning import understand
from tests.app.understanding.directory_data import shipped_directory

NOISE = [
    ("KE", "good morning sir"),
    ("KE", "Habari ya asubuhi"),
    ("NG", "how far"),
    ("SN", "nanga def"),
    ("ID", "assalamualaikum wr wb"),
    ("IN", "धन्यवाद जी"),
    ("ZA", "baie dankie"),
    ("GH", "who is this please"),
    ("KE", "k"),
    ("KE", "123"),
    ("KE", "👍"),
    ("KE", "?"),
    ("KE", ""),
    ("KE", "You have WON 1000 fertilizer bags, click http://bit.ly/x to claim"),
    ("IN", "Apply for scholarship loan now www.quick-loan.in"),
    ("ID", "slot gacor klik https://slot.xyz"),
    ("KE", "Why did the chicken cross the road? haha"),
]


@pytest.mark.parametrize(("country", "text"), NOISE)
def test_noise_is_never_filed(country: str, text: str) -> None:
    meaning = understand(text, country, shipped_directory())
    assert (meaning.kind, meaning.sector, meaning.ask) == ("noise", None, None)


@pytest.mark.parametrize(
    "text", ["good morning, no drugs in our clinic", "thanks but the borehole is still broken"]
)
def test_a_greeting_does_not_hide_a_report(text: str) -> None:
    assert understand(text, "KE", shipped_directory()).kind == "report"


def test_a_report_may_have_a_link() -> None:
    meaning = understand("see our dry borehole and broken pump www.facebook.com/photo1", "KE", shipped_directory())
    assert meaning.entry_point == "ke-water-sanitation"
