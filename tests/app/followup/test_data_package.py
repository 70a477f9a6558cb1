"""The figures of a case as a file that other tools for budgets read: a Fiscal Data Package."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

from flask import Flask

from app.followup.data_package import BUDGETS
from app.followup.models import Figure
from app.followup.taking_back import code_of, take_back
from tests.app.access.browser import Browser
from tests.app.inbox.many import statements
from tests.builders.accounts import an_account
from tests.builders.cases import a_case, add_figure, work
from tests.builders.gaps import a_gap
from tests.builders.stored import rows

IN_THE_TAXONOMY = {
    *("date:fiscal-year", "phase:id", "activity:generic:program:code", "value", "value-currency:code"),
    *("functional-classification:cofog:code", "functional-classification:cofog:label", "value-kind:code"),
    *("administrative-classification:generic:code", "geo:source:code", "geo:source:codeList"),
}
"""Of the ColumnTypes of budgets.json those that we use, copied from the standard."""


def opened(content: bytes) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """The descriptor, and the rows of the one table that it names."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        descriptor = json.loads(package.read("datapackage.json"))
        (table,) = descriptor["resources"]
        return descriptor, list(csv.DictReader(io.StringIO(package.read(table["path"]).decode(), newline="")))


def partner(app: Flask) -> Browser:
    return Browser(app).sign_in(an_account(partner="afesis"))


def test_each_figure_is_a_row_with_its_exact_amount_phase_year_place_and_source(app: Flask) -> None:
    case = a_case(cofog="06.3.0")
    add_figure(case, source_date="2023-03-01", verified_by="Budget office")
    add_figure(case, phase="executed", amount="0.123456", scale="1", unit="kL", fiscal_year="2024")
    money, fuel = opened(partner(app).get(f"/cases/{case.id}/figures.zip").data)[1]
    assert (money["amount"], money["currency"], money["kind"]) == ("334000000", "ZAR", "money")
    assert (fuel["amount"], fuel["currency"], fuel["kind"]) == ("0.123456", "", "kL")
    assert (money["fiscal_year"], money["fiscal_year_label"], money["phase"]) == ("2022", "2022/23", "approved")
    assert (money["cofog"], money["area"], money["area_list"]) == ("06.3.0", "ZA-EC", "ISO 3166-2")
    assert (money["source_page"], money["source_date"], money["verified_by"]) == (
        "12",
        "2023-03-01",
        "Budget office",
    )


def test_the_descriptor_names_every_column_in_order_and_its_type_of_the_standard_or_of_ours(app: Flask) -> None:
    case = a_case()
    add_figure(case)
    descriptor, (row,) = opened(partner(app).get(f"/cases/{case.id}/figures.zip").data)
    fields = descriptor["resources"][0]["schema"]["fields"]
    assert [field["name"] for field in fields] == list(row)
    standard, ours = descriptor["columnTypes"]
    types = [field["columnType"] for field in fields]
    assert (descriptor["profile"], standard, len(set(types))) == ("fiscal-data-package", BUDGETS, len(types))
    assert set(types) == IN_THE_TAXONOMY | {one["name"] for one in ours}


def test_what_was_taken_back_is_left_out_and_the_same_figures_make_the_same_file(app: Flask) -> None:
    case, browser = a_case(), partner(app)
    add_figure(case)
    before = browser.get(f"/cases/{case.id}/figures.zip").data
    add_figure(case, phase="executed")
    work(take_back, case, code_of(rows(Figure, Figure.id)[-1]), "The wrong year.")
    assert browser.get(f"/cases/{case.id}/figures.zip").data == before


def test_a_cell_that_a_spreadsheet_would_run_is_quoted(app: Flask) -> None:
    case = a_case()
    add_figure(case, line="=1+1")
    (row,) = opened(partner(app).get(f"/cases/{case.id}/figures.zip").data)[1]
    assert row["programme"] == "'=1+1"


def test_the_reviewer_has_it_of_shared_cases_and_others_find_nothing(app: Flask) -> None:
    hidden = a_case()
    shared = a_case(a_gap(people=1, text="borehole dry no water Western Cape"), visibility="shared")
    reviewer = Browser(app).sign_in(an_account("reviewer", partner="ibp"))
    assert reviewer.get(f"/cases/{hidden.id}/figures.zip").status_code == 404
    answered = reviewer.get(f"/cases/{shared.id}/figures.zip")
    assert (answered.status_code, answered.mimetype) == (200, "application/zip")
    other = Browser(app).sign_in(an_account(partner="cedc"))
    assert other.get(f"/cases/{shared.id}/figures.zip").status_code == 404
    with statements() as seen:
        reviewer.get(f"/cases/{shared.id}/figures.zip")
    assert len(seen) <= 5, seen
