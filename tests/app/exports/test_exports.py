"""Lists as files: what is in them, what never is, who may fetch them, and what the log says."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from app.access.models import Account, SignInSession
from app.database import transaction
from app.exports import ordering
from app.exports.cells import safe
from app.exports.models import Export
from app.viewer import MIGRATION, acting_as
from tests.app.access.browser import Browser
from tests.app.inbox.many import reports_at, statements
from tests.builders.accounts import PASSWORD, an_account
from tests.builders.reports import a_number, a_report

REASON = "for the quarterly meeting"
START = datetime(2026, 1, 1, tzinfo=UTC)


def file_of(browser: Browser, query: str = "tab=all", **form: str) -> TestResponse:
    """Order and fetch, as a person does: from the page of the list on."""
    fields = dict(pair.split("=") for pair in query.split("&"))
    answer = browser.post("/inbox/exports", **{"kind": "csv", "reason": REASON, **fields, **form})
    assert answer.status_code == 303, answer.text
    page = browser.get(answer.location).text
    return browser.get(page.partition('class="button" href="')[2].partition('"')[0])


def table(answer: TestResponse) -> list[dict[str, str]]:
    """The rows by the codes of their columns."""
    _titles, codes, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    return [dict(zip(codes, row, strict=True)) for row in rows]


def exports() -> list[Export]:
    with acting_as(MIGRATION), transaction() as session:
        return list(session.scalars(select(Export).order_by(Export.at)))


def long_ago(**values: object) -> None:
    """As if everybody had last proved who they are this long ago."""
    with acting_as(MIGRATION), transaction() as session:
        session.execute(update(SignInSession).values(**values))


@pytest.fixture
def lead() -> Account:
    return an_account()


@pytest.fixture
def browser(app: Flask, lead: Account) -> Browser:
    return Browser(app).sign_in(lead)


def test_a_csv_has_every_report_of_the_filter_and_no_other(browser: Browser) -> None:
    wanted = a_report(channel="ussd")
    a_report(), a_report("borehole broken no water", channel="ussd")
    answer = file_of(browser, "tab=all&channel=ussd")
    assert [row["reference"] for row in table(answer)] == [wanted.reference]
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_names_are_in_the_reader_s_language_with_codes_beside_and_times_are_iso(app: Flask) -> None:
    a_report(created_at=datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC), status="new", problem_type="ke-health/no-drugs")
    browser = Browser(app).sign_in(an_account(language="fr"))
    answer = file_of(browser)
    (row,) = table(answer)
    assert (row["status_name"], row["channel_name"]) == ("Nouveau", "SMS")
    assert (row["status"], row["channel"], row["country"]) == ("new", "sms", "KE")
    assert row["language_name"] == "anglais"
    assert row["created_at"] == "2026-03-04T05:06:07Z"


def test_words_are_only_there_where_they_were_asked_for(browser: Browser) -> None:
    a_report("no drugs at the dispensary in Busia")
    assert "words" not in table(file_of(browser))[0]
    assert table(file_of(browser, words="yes"))[0]["words"] == "no drugs at the dispensary in Busia"


def test_the_words_of_a_sensitive_report_never_leave(browser: Browser) -> None:
    a_report("no drugs, the nurse beat me", flags=["sensitive"])
    (row,) = table(file_of(browser, words="yes"))
    assert (row["sensitive"], row["words"]) == ("yes", "")


def test_no_number_is_in_a_file_that_was_ordered_without(browser: Browser) -> None:
    number = a_number()
    a_report(sender=number)
    for kind in ordering.KINDS:
        file = file_of(browser, words="yes", kind=kind)
        assert number[4:].encode() not in file.data
    assert not any(export.with_contacts for export in exports())


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝"])
def test_nothing_in_a_cell_is_computed(beginning: str) -> None:
    assert safe(f"{beginning}HYPERLINK(1)").startswith("'")
    assert "\0" not in safe(f"{beginning}HYPERLINK(1)")
    assert safe("plain = text") == "plain = text"


def test_a_formula_that_somebody_sent_is_text_in_both_kinds_of_file(browser: Browser) -> None:
    a_report('=HYPERLINK("https://evil.example") no drugs at the dispensary')
    assert table(file_of(browser, words="yes"))[0]["words"].startswith("'=HYPERLINK")
    sheet = load_workbook(io.BytesIO(file_of(browser, words="yes", kind="xlsx").data)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("'=HYPERLINK") for cell in cells)
    assert {cell.data_type for cell in cells if cell.value} == {"s"}


def test_an_xlsx_holds_the_same_as_the_csv(browser: Browser) -> None:
    a_report(), a_report(channel="ussd")
    sheet = load_workbook(io.BytesIO(file_of(browser, kind="xlsx", words="yes").data)).active
    rows = [["" if value is None else value for value in row] for row in sheet.iter_rows(values_only=True)]
    assert rows == list(csv.reader(io.StringIO(file_of(browser, words="yes").data.decode("utf-8-sig"))))


def test_a_long_list_is_read_to_its_end_in_batches_and_in_its_order(browser: Browser, monkeypatch) -> None:
    monkeypatch.setattr("app.exports.reading.BATCH", 10)
    references = reports_at([START + timedelta(hours=n // 3) for n in range(35)])
    assert [row["reference"] for row in table(file_of(browser))] == references
    assert [row["reference"] for row in table(file_of(browser, "tab=all&sort=oldest"))] == references[::-1]
    assert [export.rows for export in exports()] == [35, 35]


def test_reading_takes_the_same_number_of_statements_for_each_batch(browser: Browser) -> None:
    reports_at([START + timedelta(hours=n) for n in range(30)])
    with statements() as few:
        file_of(browser, words="yes")
    reports_at([START + timedelta(hours=n) for n in range(60)])
    with statements() as many:
        file_of(browser, words="yes")
    assert len(many) == len(few)


def test_a_list_too_long_for_xlsx_is_refused_with_what_to_do(browser: Browser, monkeypatch) -> None:
    monkeypatch.setattr(ordering, "MOST_IN_XLSX", 2)
    reports_at([START + timedelta(hours=n) for n in range(3)])
    answer = browser.post("/inbox/exports", kind="xlsx", reason=REASON, tab="all")
    assert (answer.status_code, "too many for XLSX" in answer.text) == (422, True)
    assert len(table(file_of(browser))) == 3


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"reason": " "}, "Say what the file is for"),
        ({"kind": "pdf"}, "Choose the kind"),
        ({"reason": "x" * 301}, "1 c"),
    ],
)
def test_an_order_without_reason_or_of_no_kind_is_refused(
    browser: Browser, form: dict[str, str], said: str
) -> None:
    answer = browser.post("/inbox/exports", **{"kind": "csv", "reason": REASON, "tab": "mine", **form})
    assert (answer.status_code, said in answer.text) == (422, True)
    assert '<input type="hidden" name="tab" value="mine">' in answer.text
    assert exports() == []


def test_who_has_not_proved_who_they_are_lately_is_asked_first(browser: Browser) -> None:
    a_report()
    long_ago(proved_at=datetime.now(UTC) - timedelta(hours=1))
    asked = browser.post("/inbox/exports", kind="csv", reason=REASON, tab="all")
    assert (asked.status_code, exports()) == (403, [])
    assert 'name="reason" value="for the quarterly meeting"' in asked.text
    done = browser.post("/inbox/exports", kind="csv", reason=REASON, tab="all", proof_password=PASSWORD)
    assert (done.status_code, len(exports())) == (303, 1)


def test_the_log_says_who_when_what_for_and_how_much(browser: Browser, lead: Account) -> None:
    a_report(), a_report()
    file_of(browser, "tab=all&channel=sms", words="yes")
    (export,) = exports()
    assert (export.account_id, export.place, export.rows) == (lead.id, "cedc", 2)
    assert (export.query, export.with_words, export.finished_at is not None) == ("tab=all&channel=sms", True, True)
    page = browser.get("/inbox/exports").text
    assert REASON in page
    assert "2 reports" in page
    assert "with words" in page


def test_a_lead_sees_what_colleagues_took_out_and_a_member_only_their_own(app: Flask) -> None:
    a_report()
    file_of(Browser(app).sign_in(an_account("partner_member")))
    seen = {
        "lead": Browser(app).sign_in(an_account()).get("/inbox/exports").text,
        "member": Browser(app).sign_in(an_account("partner_member")).get("/inbox/exports").text,
        "lead elsewhere": Browser(app).sign_in(an_account(partner="cedgg")).get("/inbox/exports").text,
        "desk": Browser(app).sign_in(an_account("desk")).get("/inbox/exports").text,
    }
    assert [who for who, page in seen.items() if REASON in page] == ["lead"]


def test_only_whoever_ordered_it_fetches_a_file_and_not_for_long(app: Flask, browser: Browser) -> None:
    a_report()
    place = browser.post("/inbox/exports", kind="csv", reason=REASON, tab="all").location
    name = browser.get(place).text.partition(f'href="{place}/')[2].partition('"')[0]
    assert Browser(app).sign_in(an_account()).get(f"{place}/{name}").status_code == 404
    assert browser.get(f"{place}/other.csv").status_code == 404
    assert browser.get(f"{place}/{name}").status_code == 200
    with acting_as(MIGRATION), transaction() as session:
        session.execute(update(Export).values(at=datetime.now(UTC) - timedelta(hours=1)))
    assert browser.get(f"{place}/{name}").status_code == 404


def test_a_file_holds_what_one_may_see_and_nothing_of_another_partner(app: Flask) -> None:
    ours, theirs = a_report(), a_report("borehole broken no water")
    reader = Browser(app).sign_in(an_account())
    found = {row["reference"] for row in table(file_of(reader))}
    assert ours.reference in found
    assert theirs.reference not in found
    assert Browser(app).sign_in(an_account("reviewer")).get("/inbox/exports/new").status_code == 403


def test_the_list_leads_to_the_file_with_its_filters(browser: Browser) -> None:
    page = browser.get("/inbox?tab=all&channel=ussd").text
    assert 'href="/inbox/exports/new?tab=all&amp;channel=ussd"' in page
    assert (
        '<input type="hidden" name="channel" value="ussd">'
        in browser.get("/inbox/exports/new?tab=all&channel=ussd").text
    )
