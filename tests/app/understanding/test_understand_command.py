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
def test_a_line_that_is_no_message_stops_it_with_its_number(line: str) -> None:
    done = _run('{"id": 1, "country": "KE", "text": "no water"}', line)
    assert done.exit_code != 0
    assert "line 2" in done.stderr
