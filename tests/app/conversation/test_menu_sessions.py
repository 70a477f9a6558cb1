"""Whatever people press and networks do: no error, no dead end, and one report for each confirmation."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.conversation.menu.steps import CONFIRM
from app.conversation.models import MenuSession
from tests.app.channels.ussd_phone import Phone, a_speaker
from tests.builders.stored import messages_in, messages_out, reports, rows
from tests.conftest import Database

ANSWERS = st.sampled_from(
    [*map(str, range(12)), "0", "00", "98", "99", "1*1", "*", "", "no drugs", "Kisumu", "sumatra", "💊", "x" * 2048]
)


class Telephone(RuleBasedStateMachine):
    """One person with a telephone on a bad network. `confirmed` counts the answers 1 to "Send this report?"."""

    app: Flask
    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.confirmed = 0
        self.earlier: list[str] = []

    @initialize(country=st.sampled_from(["KE", "GH", "ID"]), language=st.sampled_from(["en", "sw", "fr"]))
    def begin(self, country: str, language: str) -> None:
        self.phone: Phone = a_speaker(self.app.test_client(), language, country)
        self.phone.dial()

    @rule()
    def redial(self) -> None:
        self.phone.dial()
        self.earlier = []

    @rule(along=st.sampled_from(["1", "1*1", "1*1*1*1*1*1", "9", "98*3"]))
    def dial_along(self, along: str) -> None:
        self.phone.dial(along)
        self.earlier = []

    @rule()
    def dial_under_an_id_that_was_used_before(self) -> None:
        """Only an ended session starts anew; one that goes on shows where it stands."""
        had_ended, before = self.phone.has_ended, self.phone.screen
        answer = self.phone.post("")
        if had_ended:
            self.phone.path, self.earlier = "", []
            self.phone.screen = answer.text
        else:
            assert answer.text == before

    @precondition(lambda self: not self.phone.has_ended and len(self.phone.path) < 15_000)
    @rule(text=ANSWERS)
    def answer(self, text: str) -> None:
        before = self.phone.screen
        self.earlier.append(self.phone.path)
        is_new = bool(text or self.phone.path)
        self.confirmed += is_new and text == "1" and self._is_asked_to_send()
        self.phone.answer(text)
        assert is_new or self.phone.screen == before

    @precondition(lambda self: not self.phone.has_ended)
    @rule(words=st.sampled_from(["1", "the pump is broken"]), drops=st.booleans(), repeats=st.integers(0, 2))
    def tell_all(self, words: str, drops: bool, repeats: int) -> None:
        """And send it, perhaps only after the line was lost and dialling again."""
        for text in ("00", "1", "1", "1", words):
            self.answer(text)
        if drops:
            self.redial()
            self.answer("1")
        self.answer("1")
        for _ in range(repeats):
            self.the_request_comes_again()

    @rule()
    def the_request_comes_again(self) -> None:
        before = self.phone.screen
        assert self.phone.repeat() == before

    @precondition(lambda self: self.earlier)
    @rule(data=st.data())
    def an_older_request_comes_late(self, data: st.DataObject) -> None:
        text = data.draw(st.sampled_from([path for path in self.earlier if path] or ["1"]))
        if self.phone.has_ended or self.phone.path.startswith(f"{text}*"):
            assert self.phone.post(text).text == self.phone.screen

    @rule(status=st.sampled_from(["Incomplete", "Failed", "Success"]))
    def the_network_says_it_is_over(self, status: str) -> None:
        assert self.phone.hang_up(status).status_code == 200

    @precondition(lambda self: not self.phone.has_ended and self.phone.path)
    @rule()
    def the_first_screen_is_one_key_away(self) -> None:
        assert "\n99 " in self.phone.answer("00") or "\n98 " in self.phone.screen

    @invariant()
    def there_are_as_many_reports_as_confirmations(self) -> None:
        found = reports()
        assert len(found) == self.confirmed
        assert len(messages_out()) == self.confirmed
        assert {message.report_id for message in messages_in()} == {report.id for report in found}

    def _is_asked_to_send(self) -> bool:
        kept = [row for row in rows(MenuSession) if row.session_id == self.phone.session_id]
        return any(row.step == CONFIRM and not row.ended for row in kept)

    def teardown(self) -> None:
        self.database.empty()


def test_a_person_on_a_bad_network_files_what_they_confirm_and_nothing_else(app: Flask, database: Database) -> None:
    machine = type("BoundTelephone", (Telephone,), {"app": app, "database": database})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
        ),
    )


@pytest.mark.parametrize("id_", ["x" * 255, "a b/c?d", "'; DROP TABLE report", str(uuid.UUID(int=0))])
def test_an_id_may_be_anything_that_can_be_printed(app: Flask, id_: str) -> None:
    phone = a_speaker(app.test_client())
    phone.session_id = id_
    phone.repeat()
    phone.answer("1", "1", "1", "1", "1")
    assert [message.provider_message_id for message in messages_in()] == [id_]
