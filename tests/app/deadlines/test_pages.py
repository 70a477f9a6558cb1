"""Leads and administrators edit working hours, days off and limits; what was wrong is said where it was entered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.database import transaction
from app.deadlines import counting
from app.deadlines.counting import count_again_for
from app.deadlines.models import DeadlinePlan, DeadlinePlanVersion
from app.deadlines.plan import from_document
from app.deadlines.plans import plan_of
from app.upkeep import QUEUED
from app.viewer import COMMAND, WORKER, acting_as
from tests.app.access.browser import Browser
from tests.app.deadlines.moving import an_old_report, now_of
from tests.app.inbox.many import statements
from tests.builders.accounts import an_account
from tests.builders.reports import a_report
from tests.builders.stored import rows

HOURS = {"opens": "07:30", "closes": "16:00", "zone": "Africa/Nairobi"}
NEXT_YEAR = datetime.now(UTC).year + 1


@pytest.fixture
def lead(app: Flask) -> Browser:
    return Browser(app).sign_in(an_account())


@pytest.fixture
def administrator(app: Flask) -> Browser:
    return Browser(app).sign_in(an_account("administrator", partner=None))


def save(browser: Browser, path: str, base: int = 0, **fields: object) -> int:
    return browser.post(f"/due-dates/cedc/{path}", base=str(base), **fields).status_code


def versions() -> list[DeadlinePlanVersion]:
    with acting_as(COMMAND), transaction() as session:
        return list(session.scalars(select(DeadlinePlanVersion).order_by(DeadlinePlanVersion.number)))


def plan():
    (row,) = rows(DeadlinePlan)
    return from_document(row.country, row.document)


def test_a_lead_is_led_to_their_own_plan_and_an_administrator_chooses(
    lead: Browser, administrator: Browser
) -> None:
    assert lead.get("/due-dates").headers["Location"] == "/due-dates/cedc"
    page = administrator.get("/due-dates").text
    assert "/due-dates/cedc" in page
    assert "/due-dates/ke-desk" in page
    assert "/due-dates/ibp" not in page


def test_the_page_says_what_holds_as_long_as_nobody_has_changed_it(lead: Browser) -> None:
    page = lead.get("/due-dates/cedc").text
    assert "Monday, Tuesday, Wednesday, Thursday, Friday: 08:00–17:00" in page
    assert "Jamhuri Day" in page
    assert "2 working days" in page
    assert "All other reports" in page


@pytest.mark.parametrize("path", ["/due-dates/wacam", "/due-dates/ke-desk", "/due-dates/ibp", "/due-dates/none"])
def test_nobody_s_plan_but_their_own_leads_anywhere(lead: Browser, path: str) -> None:
    assert lead.get(path).status_code == 404
    assert lead.get(f"{path}/hours").status_code == 404
    assert lead.post(f"{path}/days", base="0", day="2026-01-02", name="x").status_code == 404


@pytest.mark.parametrize("role", ["partner_member", "desk", "reviewer"])
def test_others_do_not_edit_due_dates(app: Flask, role: str) -> None:
    assert Browser(app).sign_in(an_account(role)).get("/due-dates").status_code == 403


def test_working_hours_are_changed_and_kept_as_a_version(lead: Browser) -> None:
    assert save(lead, "hours", weekday=["0", "1", "2", "3", "4", "5"], **HOURS) == 303
    assert (plan().opens.isoformat(), sorted(plan().weekdays)) == ("07:30:00", [0, 1, 2, 3, 4, 5])
    page = lead.get("/due-dates/cedc?done=saved").text
    assert "Saturday: 07:30–16:00" in page
    assert "Due dates of open reports that are not over yet are counted anew" in page
    assert "Working hours changed" in page


@pytest.mark.parametrize(
    ("entered", "said"),
    [
        ({"weekday": []}, "Choose at least one day of the week."),
        ({"weekday": ["7", "x"]}, "Choose at least one day of the week."),
        ({"opens": "late"}, "Enter the time of day in hours and minutes."),
        ({"opens": "08:00:30"}, "Enter the time of day in hours and minutes."),
        ({"closes": "08:00"}, "The working day must end at least an hour after it begins."),
        ({"closes": "07:00"}, "The working day must end at least an hour after it begins."),
        ({"zone": "Europe/Paris"}, "Choose one of the time zones."),
    ],
)
def test_hours_that_are_none_are_refused_where_they_were_entered(
    lead: Browser, entered: dict[str, object], said: str
) -> None:
    answer = lead.post("/due-dates/cedc/hours", base="0", **({"weekday": ["0"], **HOURS} | entered))
    assert answer.status_code == 422
    assert answer.text.count(said) == 2
    assert rows(DeadlinePlan) == []


def test_a_partner_in_indonesia_may_work_in_another_zone_of_its_country(app: Flask) -> None:
    browser = Browser(app).sign_in(an_account(partner="fitra"))
    hours = {"weekday": ["0"], "opens": "08:00", "closes": "17:00", "base": "0"}
    assert browser.post("/due-dates/fitra/hours", zone="Asia/Makassar", **hours).status_code == 303
    assert plan().zone == "Asia/Makassar"


def test_a_day_off_is_added_and_removed(lead: Browser) -> None:
    day = f"{NEXT_YEAR}-03-02"
    assert save(lead, "days", day=day, name="  County   show ") == 303
    assert "County show" in lead.get("/due-dates/cedc").text
    assert save(lead, f"days/{day}/work", base=versions()[-1].number) == 303
    assert plan().off == {}


def test_a_national_holiday_is_worked_and_taken_off_again(lead: Browser) -> None:
    day = f"{NEXT_YEAR}-12-12"
    assert save(lead, f"days/{day}/work") == 303
    assert [one.isoformat() for one in plan().worked] == [day]
    assert "You work on this day." in lead.get("/due-dates/cedc").text
    assert save(lead, f"days/{day}/rest", base=versions()[-1].number) == 303
    assert plan().worked == frozenset()


@pytest.mark.parametrize(
    ("day", "name", "said"),
    [
        ("soon", "Feast", "Enter the day as a date."),
        ("1999-01-01", "Feast", "Choose a day within the last year or the next five."),
        ("9999-12-31", "Feast", "Choose a day within the last year or the next five."),
        (f"{NEXT_YEAR}-03-02", " ", "Say what day it is."),
        (f"{NEXT_YEAR}-03-02", "x" * 81, "This name is longer than 80 characters."),
    ],
)
def test_a_day_that_is_none_is_refused_and_kept_in_the_form(lead: Browser, day: str, name: str, said: str) -> None:
    answer = lead.post("/due-dates/cedc/days", base="0", day=day, name=name)
    assert answer.status_code == 422
    assert answer.text.count(said) == 2
    assert f'value="{day}"' in answer.text


def test_what_changes_nothing_makes_no_version(lead: Browser) -> None:
    for path in ("days/2026-03-03/work", "days/never/work", "days/never/rest"):
        assert save(lead, path) == 303
    assert versions() == []


def test_limits_of_a_type_of_problem_are_set_and_given_up_again(lead: Browser) -> None:
    path = "limits/ke-health/no-drugs"
    assert save(lead, path, first_answer="4", first_answer_unit="h", resolution="3", resolution_unit="d") == 303
    limits = plan().limits("ke-health/no-drugs", "absent", sensitive=False)
    assert (str(limits.first_answer), str(limits.resolution), str(limits.information)) == ("4h", "3d", "5d")
    assert str(plan().limits("ke-health/other", "absent", sensitive=False).first_answer) == "2d"
    assert "<strong>4 working hours</strong>" in lead.get("/due-dates/cedc").text
    assert save(lead, path, base=versions()[-1].number) == 303
    assert plan().own == {}


def test_limits_of_all_others_leave_alone_what_is_sensitive(lead: Browser) -> None:
    assert save(lead, "limits/others", first_answer="9", first_answer_unit="d") == 303
    assert str(plan().limits(None, "late", sensitive=False).first_answer) == "9d"
    assert str(plan().limits(None, "late", sensitive=True).first_answer) == "4h"


@pytest.mark.parametrize(("number", "unit"), [("0", "d"), ("-1", "d"), ("261", "d"), ("2", "w"), ("two", "h")])
def test_limits_that_are_none_are_refused_where_they_were_entered(lead: Browser, number: str, unit: str) -> None:
    fields = {"resolution": number, "resolution_unit": unit}
    answer = lead.post("/due-dates/cedc/limits/ke-health/no-drugs", base="0", **fields)
    assert answer.status_code == 422
    assert answer.text.count("Enter a whole number from 1 to 400 hours or 260 days.") == 2
    assert f'value="{number}"' in answer.text


def test_the_type_of_problem_must_be_the_partner_s(lead: Browser) -> None:
    assert lead.get("/due-dates/cedc/limits/gh-mining/none").status_code == 404


def test_a_change_on_top_of_somebody_else_s_is_told_and_not_made(lead: Browser, administrator: Browser) -> None:
    assert save(administrator, "hours", weekday=["0"], **HOURS) == 303
    answer = lead.post("/due-dates/cedc/hours", base="0", weekday=["1"], **HOURS)
    assert answer.status_code == 409
    assert "Somebody changed this plan while you had it open." in answer.text
    assert plan().weekdays == {0}


def test_going_back_is_one_version_more(lead: Browser) -> None:
    save(lead, "hours", weekday=["0"], **HOURS)
    save(lead, "hours", base=versions()[-1].number, weekday=["1"], **HOURS)
    first, last = versions()
    assert save(lead, f"versions/{first.number}/back", base=last.number) == 303
    assert plan().weekdays == {0}
    assert [version.kind for version in versions()] == ["hours", "hours", "back"]
    assert save(lead, "versions/999/back", base=last.number) == 404


def test_a_lead_does_not_go_back_to_another_partner_s_version(app: Flask, lead: Browser) -> None:
    other = Browser(app).sign_in(an_account(partner="wacam"))
    fields = {"weekday": ["0"], "opens": "08:00", "closes": "17:00", "zone": "Africa/Accra", "base": "0"}
    assert other.post("/due-dates/wacam/hours", **fields).status_code == 303
    assert save(lead, f"versions/{versions()[0].number}/back") == 404


def test_what_is_not_over_yet_is_counted_again_and_what_is_over_stays(app: Flask, lead: Browser) -> None:
    fresh, over = a_report(), an_old_report()
    assert save(lead, "limits/others", first_answer="9", first_answer_unit="d") == 303
    with acting_as(WORKER):
        count_again_for("cedc")
    assert now_of(over).due_at == over.due_at
    with acting_as(WORKER), transaction():
        working = plan_of("cedc", "KE").working
    assert now_of(fresh).due_at == working.after(fresh.counted_from, 9 * working.day_length)
    assert now_of(fresh).escalate_at == now_of(fresh).due_at


def test_a_saved_plan_queues_one_count_and_the_next_report_goes_by_it(app: Flask, lead: Browser) -> None:
    save(lead, "limits/others", first_answer="9", first_answer_unit="d")
    with acting_as(WORKER), transaction() as session:
        queued = select(QUEUED.c.args).where(QUEUED.c.task_name == count_again_for.name)
        assert [args["partner"] for args in session.scalars(queued)] == ["cedc"]
        working = plan_of("cedc", "KE").working
    report = a_report()
    assert report.due_at == working.after(report.counted_from, 9 * working.day_length)


def test_counting_goes_on_in_batches_with_one_job_after_the_other(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = sorted((a_report() for _number in range(3)), key=lambda report: report.id)
    monkeypatch.setattr(counting, "AT_ONCE", 2)
    with acting_as(WORKER):
        count_again_for("cedc")
    with acting_as(WORKER), transaction() as session:
        queued = select(QUEUED.c.args).where(QUEUED.c.task_name == count_again_for.name)
        assert [args["after"] for args in session.scalars(queued)] == [str(reports[1].id)]


def test_the_page_takes_few_statements(lead: Browser) -> None:
    lead.get("/due-dates/cedc")
    with statements() as seen:
        lead.get("/due-dates/cedc")
    assert len(seen) <= 6, seen


def test_the_list_has_a_tab_a_filter_and_a_badge_for_what_is_overdue(app: Flask, lead: Browser) -> None:
    late, fresh = an_old_report(), a_report()
    page = lead.get("/inbox?tab=overdue").text
    assert late.reference in page
    assert fresh.reference not in page
    assert "First answer: overdue by 3 months" in page
    assert "Overdue <b>1</b>" in page
    assert fresh.reference not in lead.get("/inbox?due=overdue").text
    assert late.reference not in lead.get("/inbox?due=week").text
    first, second = (lead.get("/inbox?sort=due").text.index(r.reference) for r in (late, fresh))
    assert first < second


@pytest.mark.parametrize(("hours", "shown"), [(-1, {"overdue"}), (24 * 3, {"week"}), (24 * 8, set())])
def test_the_filter_by_due_date_knows_overdue_and_this_week(
    app: Flask, lead: Browser, hours: int, shown: set[str]
) -> None:
    report = a_report(due_at=datetime.now(UTC) + timedelta(hours=hours))
    found = {due for due in ("overdue", "week") if report.reference in lead.get(f"/inbox?due={due}").text}
    assert found == shown
