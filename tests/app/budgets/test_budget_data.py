"""The calendars and flows that ship with the product, and what is said about a file with mistakes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.budgets.calendar import next_windows
from app.budgets.current import calendars, calendars_of, flows
from app.budgets.reading import BudgetDataError, read_calendars, read_flows
from app.directory.load import DATA
from app.directory.reading import read_directory

NOVEMBER = date(2026, 11, 24)

CALENDAR = """
[[calendars]]
slug = "xx"
country = "KE"
level = "regional"
year_starts = "07-01"
confirmed = true
source = "a law"
windows = [
  { kind = "vote", on = "06-30" },
  WINDOW
]
"""


def reading(folder: Path, text: str) -> str:
    path = folder / "calendars.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BudgetDataError) as refused:
        read_calendars(path)
    return str(refused.value)


def test_each_entry_point_has_a_flow_and_each_flow_an_entry_point() -> None:
    assert set(flows()) == {entry.slug for entry in read_directory(DATA).entry_points}


def test_each_flow_has_calendars_of_its_own_country_and_level() -> None:
    for slug, flow in flows().items():
        named = [calendars()[one] for one in flow.calendars]
        assert {one.country.lower() for one in named} == {slug[:2]}


def test_every_country_and_every_calendar_has_a_next_window() -> None:
    for country in read_directory(DATA).countries:
        assert next_windows(calendars_of(country.code), NOVEMBER), country.code
    assert all(calendar.windows for calendar in calendars().values())


@pytest.mark.parametrize(
    ("entry_point", "on", "opens", "kind"),
    [
        ("ke-health", NOVEMBER, date(2026, 9, 1), "hearing"),
        ("ke-health", date(2027, 3, 1), date(2027, 2, 28), "vote"),
        ("za-water-sanitation", NOVEMBER, date(2027, 1, 1), "mid_year"),
        ("za-water-sanitation", date(2027, 6, 29), date(2027, 5, 31), "vote"),
        ("in-education", date(2026, 12, 31), date(2026, 12, 1), "adjustment"),
        ("in-education", date(2027, 1, 1), date(2026, 11, 1), "negotiation"),
        ("gh-agriculture", date(2026, 11, 16), date(2027, 4, 1), "call"),
        ("sn-water-sanitation", date(2026, 6, 30), date(2026, 6, 30), "vote"),
        ("id-fishing", date(2026, 12, 31), date(2027, 1, 1), "hearing"),
        ("ng-health", date(2026, 9, 15), date(2026, 8, 1), "hearing"),
    ],
)
def test_the_next_window_of_a_real_entry_point(entry_point: str, on: date, opens: date, kind: str) -> None:
    first = next_windows(calendars_of(entry_point[:2].upper(), entry_point), on)[0]
    assert (first.opens, first.window.kind) == (opens, kind)


def test_an_entry_point_without_a_flow_gets_every_calendar_of_its_country() -> None:
    assert [calendar.slug for calendar in calendars_of("GH", "gh-health")] == ["gh-national", "gh-district"]
    assert calendars_of("XX") == ()


@pytest.mark.parametrize(
    ("window", "said"),
    [
        ('{ kind = "vote", on = "02-30" },', "calendars.toml:11: '02-30' is not a day such as 02-28"),
        ('{ kind = "vote", from = "13-01", to = "01-01" },', "calendars.toml:11: '13-01' is not a day"),
        ('{ kind = "vote", on = "1-1" },', "calendars.toml:11: '1-1' is not a day"),
        ('{ kind = "ballot", on = "01-01" },', "calendars.toml:11: unknown kind 'ballot'"),
        ('{ kind = "vote" },', "calendars.toml:11: a window has either 'on', or 'from' and 'to'"),
        ('{ kind = "vote", on = "01-01", to = "01-02" },', "a window has either 'on', or 'from' and 'to'"),
        ('{ kind = "vote", on = 3 },', "calendars.toml:11: 'on' must be text"),
        ('{ kind = "vote", on = "01-01", sure = true },', "calendars.toml:11: unknown key 'sure'"),
    ],
)
def test_a_wrong_window_is_refused_with_its_line(tmp_path: Path, window: str, said: str) -> None:
    assert said in reading(tmp_path, CALENDAR.replace("WINDOW", window))


def test_29_february_is_a_day(tmp_path: Path) -> None:
    path = tmp_path / "calendars.toml"
    path.write_text(CALENDAR.replace("WINDOW", '{ kind = "vote", on = "02-29" },'), encoding="utf-8")
    (calendar,) = read_calendars(path)
    assert calendar.windows[1].first.in_year(2027) == date(2027, 2, 28)


def test_a_missing_key_is_told(tmp_path: Path) -> None:
    text = CALENDAR.replace("WINDOW", "").replace('source = "a law"', "").replace("regional", "galactic")
    said = reading(tmp_path, text)
    assert "missing key 'source'" in said
    assert "calendars.toml:5: unknown level 'galactic'" in said


def test_a_flow_without_one_of_the_languages_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "flows.toml"
    text = 'entry_point = "x"\nlevel = "local"\ncalendars = []\nhow = { en = "x" }\n'
    path.write_text(f"[[flows]]\n{text}", encoding="utf-8")
    with pytest.raises(BudgetDataError, match="missing key 'fr'"):
        read_flows(path)
