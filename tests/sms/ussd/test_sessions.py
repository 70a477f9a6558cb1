"""What a request adds: a start, an answer, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms.ussd.message import UssdRequest
from sms.ussd.sessions import MOST_DIALLED, REPEAT, Heard, Last, listen, path


def told(text: str, **changes: object) -> UssdRequest:
    return UssdRequest(
        **{"session_id": "s-1", "number": "+254711000000", "text": text, "service_code": "*384#", **changes}
    )


def after(text: str, **changes: object) -> Last:
    return Last(text, **changes)


def test_a_session_that_we_have_not_met_starts() -> None:
    assert listen(told(""), None) == Heard("start")


def test_the_newest_answer_is_what_was_added_to_the_path() -> None:
    assert listen(told("1"), after("")) == Heard("answer", ("1",))
    assert listen(told("1*2*0"), after("1*2")) == Heard("answer", ("0",))


def test_an_answer_may_hold_stars() -> None:
    assert listen(told("1*a*b*"), after("1")) == Heard("answer", ("a*b*",))
    assert listen(told("*"), after("")) == Heard("answer", ("*",))
    assert listen(told("1*"), after("1")) == Heard("answer", ("",))


def test_what_was_dialled_along_comes_as_several_answers() -> None:
    assert listen(told("1*3"), None) == Heard("start", ("1", "3"))


@pytest.mark.parametrize("text", ["1*2", "1", ""])
def test_the_same_or_an_older_request_is_a_repeat(text: str) -> None:
    assert listen(told(text), after("1*2")) == REPEAT


def test_a_path_that_a_provider_rewrote_still_brings_its_last_answer() -> None:
    assert listen(told("2*1*5"), after("1*98*1")) == Heard("answer", ("5",))


def test_after_the_end_there_are_only_repeats_until_it_starts_again() -> None:
    over = after("", ended=True)
    assert listen(told("1*1*1"), over) == REPEAT
    assert listen(told(""), over) == Heard("start")


def test_a_path_after_the_code_is_read_without_the_code() -> None:
    dialled = {"style": "dialled", "service_code": "*415*33#"}
    assert listen(told("*415*33#", **dialled), None) == Heard("start")
    assert listen(told("*415*33*1#", **dialled), after("")) == Heard("answer", ("1",))
    assert listen(told("*415*33*1*2#", **dialled), after("1")) == Heard("answer", ("2",))
    assert listen(told("*415*33*1#", **dialled), after("1")) == REPEAT
    assert path(told("*415*33*1*2#", **dialled)) == "1*2"


def test_where_only_the_last_answer_is_told_the_dialled_code_is_none() -> None:
    last = {"style": "last", "is_start": True}
    assert listen(told("*384#", **last), None) == Heard("start")
    assert listen(told("384", **last), None) == Heard("start")
    assert listen(told("*384*1*3#", **last), None) == Heard("start", ("1", "3"))
    assert listen(told("", **last), None) == Heard("start")


def test_where_only_the_last_answer_is_told_a_known_request_is_a_repeat() -> None:
    last = {"style": "last", "is_start": False}
    assert listen(told("1", **last, request_id="2"), after("x", request_id="1")) == Heard("answer", ("1",))
    assert listen(told("1", **last, request_id="2"), after("1", request_id="2")) == REPEAT
    assert listen(told("1", **last), after("1")) == Heard("answer", ("1",))
    assert listen(told("1", **last), after("1", ended=True)) == REPEAT


def test_a_start_that_comes_twice_is_a_repeat_and_after_the_end_a_start() -> None:
    again = told("*384#", style="last", is_start=True)
    assert listen(again, after("*384#")) == REPEAT
    assert listen(again, after("", ended=True)) == Heard("start")


def test_an_answer_to_a_session_that_we_never_met_counts() -> None:
    assert listen(told("2", style="last", is_start=False), None) == Heard("start", ("2",))


ANSWERS = st.lists(st.text("12*0a", max_size=4), min_size=1, max_size=8)


@given(answers=ANSWERS)
def test_the_answers_of_a_session_are_heard_one_by_one_whatever_they_hold(answers: list[str]) -> None:
    """But for an empty first one: the first path is empty then, as the start's was."""
    last = after("")
    for answer in answers:
        whole = f"{last.text}*{answer}" if last.text else answer
        heard = listen(told(whole), last)
        assert heard == (Heard("answer", (answer,)) if whole else REPEAT)
        last = after(whole)


@given(text=st.text(max_size=50), before=st.none() | st.text(max_size=50), ended=st.booleans())
def test_no_text_breaks_anything_and_few_are_dialled_along(text: str, before: str | None, ended: bool) -> None:
    last = None if before is None else after(before, ended=ended)
    for style in ("cumulative", "dialled", "last"):
        heard = listen(told(text, style=style), last)
        assert len(heard.answers) <= MOST_DIALLED
        assert heard.kind != "repeat" or last is not None
