"""The command `understand`: JSON lines in, JSON lines out."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from app.understand_command import understand_command

KEYS = (
    "id kind command language country sector entry_point problem_type gap_kind area place confidence evidence ask"
)


def _run(*lines: str) -> Result:
    return CliRunner().invoke(understand_command, input="\n".join(lines))


def test_each_message_gets_a_line_with_all_that_was_understood() -> None:
    asked = [
        {"id": 1, "country": "KE", "text": "dawa hakuna Busia"},
        {"id": "b", "from": "+27821234567", "text": "stop pls"},
        {"id": None, "country": "gh", "text": "good morning"},
    ]
    done = _run(*map(json.dumps, asked), "")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert all(" ".join(one) == KEYS for one in told)
    assert [one["id"] for one in told] == [1, "b", None]
    assert [one["kind"] for one in told] == ["report", "command", "noise"]
    assert (told[0]["entry_point"], told[0]["area"], told[1]["country"]) == ("ke-health", "KE-04", "ZA")


@pytest.mark.parametrize(
    "line",
    ["no json", "[]", '{"country": "KE"}', '{"text": "x", "country": "FR"}', '{"text": "x", "from": "MTN"}'],
)
def test_a_line_that_is_no_message_is_told_with_its_number_and_keeps_no_other_waiting(line: str) -> None:
    done = _run('{"id": 1, "country": "KE", "text": "no water"}', line, '{"id": 3, "country": "KE", "text": "hi"}')
    assert done.exit_code != 0
    assert "line 2" in done.stderr
    assert [json.loads(told)["id"] for told in done.stdout.splitlines()] == [1, 3]


@pytest.mark.parametrize(
    ("number", "country"),
    [
        *(("+233241234567", "GH"), ("+919812345678", "IN"), ("+628121234567", "ID"), ("+254712345678", "KE")),
        *(("+2348012345678", "NG"), ("+221771234567", "SN"), ("+27821234567", "ZA")),
    ],
)
def test_the_country_is_that_of_the_number(number: str, country: str) -> None:
    done = _run(json.dumps({"id": 1, "from": number, "text": "hello"}))
    assert json.loads(done.stdout)["country"] == country


@pytest.mark.parametrize(
    "text", ["", "   ", "\x00", "\ud800 no water", "a" * 10_000, "no water " * 2_000, "🙏", "٣"]
)
def test_any_text_gets_its_line(text: str) -> None:
    done = _run(json.dumps({"id": text[:5], "country": "KE", "text": text}))
    assert done.exit_code == 0
    assert json.loads(done.stdout)["id"] == text[:5]
