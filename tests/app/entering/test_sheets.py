"""Many reports from a sheet."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from babel.dates import format_date
from flask import Flask
from openpyxl import Workbook, load_workbook
from werkzeug.test import TestResponse

from app.entering import sheets, tables
from app.entering.models import EnteredSheet
from app.reports.models import Event, IncomingMessage
from app.viewer import WORKER, acting_as
from tests.app.access.browser import BASE, Browser
from tests.builders.accounts import an_account
from tests.builders.reports import a_number
from tests.builders.stored import messages_out, reports, rows

HEAD = "about,problem,area,words,language,number,agreed"


def csv_of(*lines: str, head: str = HEAD) -> bytes:
    return "\r\n".join((head, *lines)).encode("utf-8-sig")


def send(browser: Browser, content: bytes, name: str = "list.csv") -> TestResponse:
    with browser.app.app_context():
        return browser.client.post(
            "/entering/sheet",
            data={"csrf_token": browser.token(), "sheet": (io.BytesIO(content), name)},
            base_url=BASE,
            environ_overrides=browser.environ,
        )


def confirm(browser: Browser, preview: TestResponse) -> TestResponse:
    return browser.post(f"{preview.location}/confirm")


def work() -> None:
    """What the worker does with every sheet that was confirmed."""
    for sheet in rows(EnteredSheet):
        with acting_as(WORKER):
            sheets.take_in(sheet=str(sheet.id))


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app).sign_in(an_account("partner_member"))


def test_a_sheet_is_shown_with_what_each_line_would_become_and_nothing_is_entered(browser: Browser) -> None:
    answer = send(
        browser, csv_of("health,no-drugs,Busia,No drugs since May,sw,,", ",,,no water at the borehole,,,")
    )
    assert answer.status_code == 303
    page = browser.get(answer.location).text
    for said in ("2 reports to be taken in", "Line 2", "No drugs since May", "Busia", "Swahili", "Line 3"):
        assert said in page
    assert "1 report goes to others than you" in page
    work()
    assert reports() == []


def test_confirmed_it_is_taken_in_by_the_worker_with_everybody_s_acknowledgment(browser: Browser) -> None:
    preview = send(browser, csv_of(f"health,no-drugs,,No drugs,sw,{a_number()},yes", "health,,,No nurse,en,,"))
    assert confirm(browser, preview).status_code == 303
    assert "The worker is at it" in browser.get(preview.location).text
    work()
    assert sorted((r.entry_point, r.channel, r.language) for r in reports()) == [
        ("ke-health", "staff", "en"),
        ("ke-health", "staff", "sw"),
    ]
    assert [one.purpose for one in messages_out()] == ["acknowledgment"]
    assert {event.by[:5] for event in rows(Event) if event.kind == "entered"} == {"cedc:"}
    assert "2 reports are entered" in browser.get(preview.location).text
    assert [sheet.rows for sheet in rows(EnteredSheet)] == [None]


def test_every_mistake_is_listed_with_its_line_and_nothing_is_kept(browser: Browser) -> None:
    answer = send(browser, csv_of("health,,,Fine,en,,", "roads,,,Bad,en,,", "", "health,,Nowhere,,xx,0711000000,"))
    assert answer.status_code == 422
    for said in (
        "Line 3, column “about”",
        "Line 5, column “area”",
        "column “words”",
        "column “language”",
        "agreed",
    ):
        assert said in answer.text
    assert rows(EnteredSheet) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choose a file"),
        (b"\xff\xfe\x00bad", "neither XLSX nor CSV"),
        (b"name,phone\r\nx,y", "The first line must name the columns"),
        (b"words,phone\r\nx,y", "no column “phone”"),
        (b"words,words\r\nx,y", "twice"),
        (b"words\r\n", "no line below"),
        (b'words\r\n"open', "quotation mark"),
        (b"PK\x03\x04rubbish", "XLSX cannot be read"),
    ],
)
def test_what_is_no_such_sheet_is_refused_with_what_to_do(browser: Browser, content: bytes, said: str) -> None:
    answer = send(browser, content)
    assert (answer.status_code, said in answer.text) == (422, True)


def test_too_many_lines_and_too_large_files_are_refused(browser: Browser, monkeypatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    assert send(browser, csv_of(*["health,,,x,en,,"] * 3)).status_code == 303
    assert "At most 3 lines" in send(browser, csv_of(*["health,,,x,en,,"] * 4)).text
    monkeypatch.setattr(tables, "BIGGEST", 1000)
    assert "at most 3 MB" in send(browser, csv_of("health,,," + "x" * 1000 + ",en,,")).text
    assert send(browser, b"words\r\n" + b"x" * 80_000).status_code == 413


def test_a_sheet_may_be_larger_than_other_forms(browser: Browser) -> None:
    long = "x" * 1900
    preview = send(browser, csv_of(*[f"health,,,{long} {n},en,," for n in range(200)]))
    assert "200 reports to be taken in" in browser.get(preview.location).text


def test_a_zip_that_would_burst_is_not_unpacked() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b" " * (tables.BIGGEST_UNPACKED + 1))
    with pytest.raises(tables.BadTable):
        tables.read_table(packed.getvalue())


def test_an_xlsx_is_read_with_numbers_and_days_as_people_type_them(browser: Browser) -> None:
    day = datetime.now(UTC).date() - timedelta(days=2)
    book = Workbook()
    book.active.append(["words", "about", "number", "agreed", "heard_on"])
    book.active.append(["No drugs", "health", 711000123, "yes", day])
    book.active.append(["No nurse", "health", "'+254711000124", "yes", day.isoformat()])
    packed = io.BytesIO()
    book.save(packed)
    page = browser.get(send(browser, packed.getvalue(), "list.xlsx").location).text
    assert page.count(format_date(day, "d MMM y", locale="en")) == 2
    assert page.count("gets an answer by text message") == 2


def test_confirming_twice_and_sending_the_same_sheet_again_makes_nothing_twice(browser: Browser) -> None:
    content = csv_of("health,,,No drugs,en,,", "health,,,No nurse,en,,")
    first = send(browser, content)
    confirm(browser, first), confirm(browser, first)
    work(), work()
    again = send(browser, content)
    assert "Nothing of it is entered twice" in browser.get(again.location).text
    confirm(browser, again)
    work()
    assert len(reports()) == 2
    assert len(rows(IncomingMessage)) == 2


def test_a_job_that_was_killed_goes_on_where_it_stopped(browser: Browser, monkeypatch) -> None:
    monkeypatch.setattr(sheets, "CHUNK", 2)
    preview = send(browser, csv_of(*[f"health,,,No drugs {n},en,," for n in range(5)]))
    confirm(browser, preview)
    (sheet,) = rows(EnteredSheet)
    with acting_as(WORKER):
        assert sheets._take_in_some(sheet.id)
    assert len(reports()) == 2
    assert "2 of 5" in browser.get(preview.location).text
    work()
    assert len(reports()) == 5


def test_repeated_numbers_are_pointed_out(browser: Browser) -> None:
    number = a_number()
    line = f"health,no-drugs,,No drugs,en,{number},yes"
    page = browser.get(send(browser, csv_of(line, line)).location).text
    assert "1 line repeats a number" in page


def test_a_sheet_is_its_author_s_alone(app: Flask, browser: Browser) -> None:
    preview = send(browser, csv_of("health,,,No drugs,en,,"))
    other = Browser(app).sign_in(an_account())
    assert other.get(preview.location).status_code == 404
    assert other.post(f"{preview.location}/confirm").status_code == 404


def test_the_empty_sheets_are_taken_back_when_they_are_filled_in(browser: Browser) -> None:
    codes = load_workbook(io.BytesIO(browser.get("/entering/empty.xlsx").data))["codes"]
    listed = {(row[0], row[1]) for row in codes.iter_rows(values_only=True)}
    assert {("problem", "ke-health/no-drugs"), ("area", "KE-04"), ("about", "health")} <= listed
    empty = browser.get("/entering/empty.csv").data
    assert send(browser, empty + b"health,,,,No drugs,en,,,\r\n").status_code == 303
