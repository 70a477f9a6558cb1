"""Letters about what concerns somebody: as each chose, once, with references and links alone."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from app.access.accounts import disable
from app.access.models import Account
from app.database import transaction
from app.inbox.following.letters import News, at_once, digest
from app.inbox.following.models import LetterChoice, usual_choice
from app.inbox.following.posting import day_of_digest
from app.inbox.following.readers import readers
from app.mail.models import OutgoingLetter
from app.viewer import WORKER, acting_as
from tests.app.access.browser import Browser
from tests.app.inbox.bulks import change
from tests.app.inbox.test_following import follow, happens
from tests.app.inbox.test_sharing_out import give
from tests.app.inbox.told import digests_at, handle, note, tell, wishes, write_at_once
from tests.app.outbox.working import jobs_waiting
from tests.builders.accounts import an_account
from tests.builders.letters import letters
from tests.builders.reports import a_report
from tests.builders.stored import rows
from tests.conftest import Database

KE = ZoneInfo("Africa/Nairobi")
THURSDAY = datetime(2027, 3, 4, 7, 10, tzinfo=KE)
FRIDAY, SUNDAY, MONDAY = (THURSDAY + timedelta(days=days) for days in (1, 3, 4))
SENT = {
    "mention": "digest",
    "assigned": "at_once",
    "followed": "never",
    "new_reports": "digest",
    "rhythm": "weekly",
}


def called(app: Flask, colleague: Account) -> str:
    """A note calls them; the reference of its report."""
    report = a_report()
    note(Browser(app).sign_in(an_account()), report, f"{handle(colleague)}: no drugs there, call +254711000000")
    tell()
    return report.reference


def test_who_is_called_has_a_letter_within_a_minute_and_it_names_the_report_alone(app: Flask) -> None:
    colleague = an_account("partner_member")
    reference = called(app, colleague)
    write_at_once(), write_at_once()
    (letter,) = letters()
    assert letter.to == colleague.email
    assert f"/inbox/{reference}" in letter.body
    assert "/account/letters" in letter.body
    assert not any(words in letter.body + letter.subject for words in ("drugs", "+254", "there", "person"))


def test_several_mentions_are_one_letter(app: Flask) -> None:
    colleague = an_account("partner_member")
    references = [called(app, colleague), called(app, colleague)]
    write_at_once()
    (letter,) = letters()
    assert letter.subject == "2 reports concern you"
    assert all(reference in letter.body for reference in references)


def test_what_was_read_already_is_not_written_about(app: Flask) -> None:
    colleague = an_account("partner_member")
    reference = called(app, colleague)
    Browser(app).sign_in(colleague).get(f"/inbox/{reference}")
    write_at_once()
    assert letters() == []


def test_the_digest_comes_once_at_seven_on_a_working_day(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    colleague = an_account("partner_member")
    wishes(colleague, mention="digest")
    reference = called(app, colleague)
    write_at_once()
    for moment in (THURSDAY - timedelta(minutes=20), SUNDAY):
        digests_at(moment, monkeypatch)
    assert letters() == []
    for moment in (THURSDAY, THURSDAY, THURSDAY + timedelta(hours=5)):
        digests_at(moment, monkeypatch)
    (letter,) = letters()
    assert (letter.to, letter.subject) == (colleague.email, "What is new for you at Gapline")
    assert reference in letter.body
    digests_at(FRIDAY, monkeypatch)
    assert len(letters()) == 1


def test_nothing_new_is_no_letter(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    wishes(an_account(), new_reports="digest")
    digests_at(THURSDAY, monkeypatch)
    digests_at(FRIDAY, monkeypatch)
    assert rows(OutgoingLetter) == []


def test_a_crash_between_letter_and_mark_sends_nothing_twice(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    colleague = an_account("partner_member")
    wishes(colleague, mention="digest")
    called(app, colleague)
    digests_at(THURSDAY, monkeypatch)
    wishes(colleague, digest_on=None)
    called(app, colleague)
    digests_at(THURSDAY, monkeypatch)
    assert len(letters()) == 1


def test_never_is_never_and_a_choice_counts_from_the_digest_on(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    never, later = an_account("partner_member"), an_account("partner_member")
    wishes(never, mention="never")
    wishes(later, mention="digest")
    called(app, never), called(app, later)
    wishes(later, mention="never")
    write_at_once()
    digests_at(THURSDAY, monkeypatch)
    assert letters() == []


def test_the_digest_tells_each_report_under_its_nearest_matter(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    me, given, followed = an_account(), a_report(), a_report()
    colleague = Browser(app).sign_in(an_account())
    give(colleague, given, me)
    note(colleague, given, "A word")
    follow(Browser(app).sign_in(me), followed)
    happens(followed, "wrote_more")
    tell()
    digests_at(THURSDAY, monkeypatch)
    body = next(letter.body for letter in letters() if letter.to == me.email)
    first, second = body.split("Something happened to what you follow:")
    assert given.reference in first.split("Given to you:")[1]
    assert given.reference not in second
    assert followed.reference in second


def test_new_reports_are_counted_since_the_last_digest(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    me = an_account()
    wishes(me, new_reports="digest")
    change(a_report(), created_at=THURSDAY - timedelta(hours=3))
    change(a_report("no water in the borehole"), created_at=THURSDAY - timedelta(hours=3))
    digests_at(THURSDAY, monkeypatch)
    assert "1 new report came in:" in letters()[-1].body
    for hours in (1, 2):
        change(a_report(), created_at=THURSDAY + timedelta(hours=hours))
    digests_at(FRIDAY, monkeypatch)
    assert "2 new reports came in:" in letters()[-1].body


@pytest.mark.parametrize(
    ("last", "rhythm", "now", "due"),
    [
        (None, "weekly", THURSDAY, True),
        (date(2027, 3, 2), "weekly", THURSDAY, False),
        (date(2027, 3, 4), "weekly", MONDAY, True),
        (date(2027, 3, 3), "daily", THURSDAY, True),
        (date(2027, 3, 4), "daily", THURSDAY, False),
        (None, "daily", THURSDAY.replace(hour=6, minute=59), False),
        (None, "daily", SUNDAY, False),
        (None, "daily", datetime(2027, 6, 1, 9, tzinfo=KE), False),
    ],
    ids=["first", "this week", "next week", "next day", "same day", "too early", "on Sunday", "on Madaraka Day"],
)
def test_when_a_digest_is_due(app: Flask, last: date | None, rhythm: str, now: datetime, due: bool) -> None:
    account = an_account()
    choice = usual_choice(account.id)
    choice.digest_on, choice.rhythm = last, rhythm
    with acting_as(WORKER):
        reader = readers()[account.id]
    with acting_as(WORKER), transaction():
        assert (day_of_digest(reader, choice, now.astimezone(UTC)) is not None) is due


def test_seven_in_the_morning_is_that_of_the_reader_s_country(app: Flask) -> None:
    desk = an_account("desk", country="ID")
    with acting_as(WORKER):
        reader = readers()[desk.id]
    with acting_as(WORKER), transaction():
        assert day_of_digest(reader, usual_choice(desk.id), datetime(2027, 3, 4, 0, 30, tzinfo=UTC))
        assert not day_of_digest(reader, usual_choice(desk.id), datetime(2027, 3, 3, 23, 30, tzinfo=UTC))


def test_who_has_left_gets_no_letter(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    colleague = an_account("partner_member")
    called(app, colleague)
    disable(colleague.email)
    write_at_once()
    assert letters() == []


@pytest.mark.parametrize("language", ["en", "fr", "id"])
def test_a_letter_names_twenty_references_at_most_in_the_reader_s_language(app: Flask, language: str) -> None:
    account = an_account(language=language)
    news = News({"mention": [f"KE-{number:07}" for number in range(23)]}, new_reports=5)
    with app.test_request_context():
        for letter in (at_once(account, news), digest(account, news)):
            assert letter.body.count("/inbox/KE-") == 20
            assert len([line for line in letter.body.splitlines() if " 3 " in f" {line} "]) == 1


def test_the_link_to_one_s_choice_leads_through_sign_in(app: Flask) -> None:
    colleague = an_account("partner_member")
    called(app, colleague)
    write_at_once()
    assert letters()[0].body.endswith("/account/letters\n")
    answer = Browser(app).get("/account/letters")
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in?next=")


def test_everybody_chooses_for_themselves_on_their_own_page(app: Flask) -> None:
    me, other = an_account(), an_account()
    browser = Browser(app).sign_in(me)
    assert "/account/letters" in browser.get("/account").text
    page = browser.get("/account/letters").text
    assert 'id="mention-at_once" name="mention" value="at_once" checked' in page
    assert browser.post("/account/letters", **SENT).status_code == 303
    page = browser.get("/account/letters?done=kept").text
    assert all(f'id="{name}-{value}" name="{name}" value="{value}" checked' in page for name, value in SENT.items())
    (kept,) = rows(LetterChoice)
    assert kept.account_id == me.id
    assert 'value="at_once" checked' in Browser(app).sign_in(other).get("/account/letters").text


@pytest.mark.parametrize("field", list(SENT))
@pytest.mark.parametrize("value", ["", "hourly", "x" * 500])
def test_what_cannot_be_chosen_is_refused_and_the_rest_stays_as_it_was_sent(
    app: Flask, field: str, value: str
) -> None:
    answer = Browser(app).sign_in(an_account()).post("/account/letters", **SENT | {field: value})
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert rows(LetterChoice) == []


def test_who_reads_no_reports_chooses_no_letters(app: Flask) -> None:
    browser = Browser(app).sign_in(an_account("reviewer", partner=None))
    assert browser.get("/account/letters").status_code == 403
    assert "/account/letters" not in browser.get("/account").text


def test_a_choice_does_not_forget_the_last_digest(app: Flask) -> None:
    me = an_account()
    wishes(me, digest_on=THURSDAY.date())
    Browser(app).sign_in(me).post("/account/letters", form=str(uuid.uuid4()), **SENT)
    assert rows(LetterChoice)[0].digest_on == THURSDAY.date()


def test_what_is_to_be_written_at_once_is_queued_with_being_told(app: Flask, database: Database) -> None:
    called(app, an_account("partner_member"))
    assert jobs_waiting(database, "inbox.write_soon") == 1
