"""The figures of a case as a Fiscal Data Package 1.0.0rc1 (https://specs.frictionlessdata.io/fiscal-data-package/):
a descriptor that says what each column means, and the table, in one zip."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.directory.cofog import functions
from app.directory.sheets import FORMULA
from app.followup.models import Case, Figure

BUDGETS = "https://specs.frictionlessdata.io/taxonomies/fiscal/budgets.json"
OWN = "source:gapline:"
"""What begins our own types of columns: the standard has none for where a figure was found."""

MONEY = "money"
MADE_AT = (1980, 1, 1, 0, 0, 0)
"""The same figures make the same file."""


@dataclass(frozen=True)
class Column:
    """`meaning` is a ColumnType: of the taxonomy of budgets, or one of our own."""

    name: str
    type: str
    meaning: str


COLUMNS = (
    Column("fiscal_year", "integer", "date:fiscal-year"),
    Column("fiscal_year_label", "string", f"{OWN}fiscal-year"),
    Column("phase", "string", "phase:id"),
    Column("programme", "string", "activity:generic:program:code"),
    Column("cofog", "string", "functional-classification:cofog:code"),
    Column("cofog_label", "string", "functional-classification:cofog:label"),
    Column("amount", "number", "value"),
    Column("currency", "string", "value-currency:code"),
    Column("kind", "string", "value-kind:code"),
    Column("admin_unit", "string", "administrative-classification:generic:code"),
    Column("area", "string", "geo:source:code"),
    Column("area_list", "string", "geo:source:codeList"),
    Column("source_title", "string", f"{OWN}title"),
    Column("source_url", "string", f"{OWN}url"),
    Column("source_page", "string", f"{OWN}page"),
    Column("source_date", "date", f"{OWN}date"),
    Column("verified_by", "string", f"{OWN}verified-by"),
)
"""`fiscal_year` is the year in which it begins; `kind` is money, or the unit of what is none ("kL")."""


def package_of(case: Case, figures: Iterable[Figure]) -> bytes:
    """The zip: datapackage.json and figures.csv. What was taken back is left out."""
    standing = [figure for figure in figures if not figure.taken_back]
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(_file("datapackage.json"), json.dumps(_descriptor(case), ensure_ascii=False, indent=2))
        package.writestr(_file("figures.csv"), _table(case, standing))
    return written.getvalue()


def _file(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, MADE_AT)


def _descriptor(case: Case) -> dict[str, Any]:
    own = [{"name": c.meaning, "dataType": c.type} for c in COLUMNS if c.meaning.startswith(OWN)]
    return {
        "profile": "fiscal-data-package",
        "name": f"gapline-case-{case.id}",
        "title": case.statement,
        "countryCode": case.country,
        "columnTypes": [BUDGETS, own],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "figures",
                "path": "figures.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {"fields": list(map(_field, COLUMNS)), "missingValues": [""]},
            }
        ],
    }


def _field(column: Column) -> dict[str, str]:
    return {"name": column.name, "type": column.type, "columnType": column.meaning}


def _table(case: Case, figures: Iterable[Figure]) -> str:
    written = io.StringIO()
    writer = csv.DictWriter(written, [column.name for column in COLUMNS], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _safe(value) for name, value in _row(case, figure).items()} for figure in figures)
    return written.getvalue()


def _row(case: Case, figure: Figure) -> dict[str, str]:
    function = functions().get(case.cofog or "")
    return {
        "fiscal_year": figure.fiscal_year[:4],
        "fiscal_year_label": figure.fiscal_year,
        "phase": figure.phase,
        "programme": figure.programme,
        "cofog": function.code if function else "",
        "cofog_label": function.name("en") if function else "",
        "amount": f"{figure.amount:f}",
        "currency": figure.unit if figure.is_money else "",
        "kind": MONEY if figure.is_money else figure.unit,
        "admin_unit": figure.admin_unit,
        "area": case.area or case.country,
        "area_list": "ISO 3166-2" if case.area else "ISO 3166-1",
        "source_title": figure.source_title,
        "source_url": figure.source_url,
        "source_page": figure.source_page,
        "source_date": figure.source_date.isoformat() if figure.source_date else "",
        "verified_by": figure.verified_by,
    }


def _safe(value: str) -> str:
    """A cell that a spreadsheet would run as a formula is quoted; amounts are never below nought."""
    return f"'{value}" if value.startswith(FORMULA) else value
