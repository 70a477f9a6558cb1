"""What answers mean, step by step."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.conversation.menu import engine
from app.conversation.menu.areas import find_areas
from app.conversation.menu.keys import read_key
from app.conversation.menu.state import Act, Draft, Move, State
from app.conversation.menu.steps import STEPS
from tests.app.conversation.menu_worlds import a_world, directory
from tests.sms.ussd.screen import assert_fits


def after(*answers: str, country: str = "KE", language: str = "en") -> Move:
    world = a_world(country)
    move = Move(State("home", language))
    for text in answers:
        move = engine.answer(world, move.state, text)
    return move


@pytest.mark.parametrize("typed", ["1", " 1 ", "1.", "1)", "#1", "１", "१", "১", "١", "௧", "౧"])
def test_a_number_counts_in_every_script(typed: str) -> None:
    assert after(typed).state.draft.sector == "health"


def test_keys_of_two_digits_are_read_whole() -> None:
    assert [read_key(text) for text in ("00", "98", "०", "00.", "९८")] == ["00", "98", "0", "00", "98"]


def test_numbers_are_those_of_text_messages() -> None:
    screen = engine.show(a_world("IN"), State("home", "en"))
    assert screen.text.splitlines()[1:5] == ["1 Water, toilets", "2 Health", "3 School, study", "4 Something else"]


def test_a_number_counts_on_whichever_screen_it_stands() -> None:
    assert after("1", "10").state == after("1", "98", "10").state
    assert after("1", "98", "2").state.draft.problem == "ke-health/no-nurse-or-closed"


def test_more_where_there_is_no_more_says_so() -> None:
    assert after("1", "98", "98", "98").state.was_misread
    assert after("1", "98", "98", "98").state.page == 2


def test_back_turns_pages_first() -> None:
    assert (after("1", "98", "0").state.step, after("1", "98", "0").state.page) == ("problem", 0)
    assert after("1", "98", "0", "0").state.step == "home"


def test_something_else_among_the_problems_keeps_the_entry_point() -> None:
    state = after("1", "11").state
    assert (state.step, state.draft.sector, state.draft.problem) == ("area", "health", None)


def test_a_name_can_be_typed_where_areas_are_listed() -> None:
    assert after("1", "1", "Kisumu").state == State(
        "words", "en", draft=Draft("health", "ke-health/no-drugs", "KE-17")
    )


def test_an_entry_point_of_the_whole_country_asks_for_the_name_at_once() -> None:
    assert after("3", "1", country="IN").state.step == "place"


def test_a_name_of_several_areas_is_asked_about() -> None:
    state = after("1", "1", "7", "bono region", country="GH").state
    assert state.step in ("which", "words")
    state = after("1", "1", "7", "Papua", country="GH").state
    assert state.step == "place"
    listed = engine.show(a_world("ID"), after("1", "1", "3", "sumatra", country="ID").state).text
    assert "1 Sumatera" in listed
    chosen = after("1", "1", "3", "sumatra", "2", country="ID").state
    assert (chosen.step, chosen.draft.area is not None, chosen.draft.place) == ("words", True, None)


def test_a_name_that_nobody_knows_is_kept_and_can_be_passed_by() -> None:
    state = after("1", "1", "2", "Kwa Wambua").state
    assert engine.show(a_world(), state).text.startswith("We do not know this name.")
    passed = engine.answer(a_world(), state, "1").state
    assert (passed.step, passed.draft.area, passed.draft.place) == ("words", None, "Kwa Wambua")


def test_going_back_to_the_place_forgets_it() -> None:
    state = after("1", "1", "Kisumu", "0").state
    assert (state.step, state.draft.area) == ("area", None)


@pytest.mark.parametrize("text", ["5", "98", "*", "...", "", "12345"])
def test_what_says_nothing_is_not_taken_for_words(text: str) -> None:
    assert after("1", "1", "1", text).state.step == "words"


@pytest.mark.parametrize("text", ["ok", "💊", "дай", "पानी", "1*2 no", "10 people died"])
def test_words_of_every_kind_are_taken(text: str) -> None:
    assert after("1", "1", "1", text).state.draft.words == text


def test_only_confirming_files() -> None:
    assert after("1", "1", "1", "1").act is None
    assert after("1", "1", "1", "1", "2").act is None
    assert after("1", "1", "1", "1", "1").act is Act.FILE


def test_a_language_is_remembered_when_it_is_chosen() -> None:
    assert after("99", "2") == Move(State("home", "sw"), Act.REMEMBER_LANGUAGE)
    assert after("99", "0") == Move(State("home", "en"))


def test_languages_are_asked_for_in_letters_that_every_telephone_has() -> None:
    for country in directory().countries:
        screen = engine.show(a_world(country.code), State("language")).text
        assert [line for line in screen.splitlines() if line[0].isdigit()] != []
        assert_fits(screen)


STATES = st.builds(
    State,
    step=st.sampled_from(sorted(STEPS)),
    language=st.sampled_from(["en", "hi", "sw", None]),
    page=st.integers(0, 9),
    draft=st.builds(
        Draft,
        sector=st.sampled_from([None, "health", "mining", "other"]),
        problem=st.sampled_from([None, "ke-health/no-drugs", "ke-health/gone"]),
        area=st.sampled_from([None, "KE-04", "KE-99"]),
        place=st.none() | st.text(max_size=30),
        words=st.none() | st.text(max_size=30),
    ),
)


@given(state=STATES, text=st.text(max_size=60) | st.sampled_from(["0", "00", "98", "1", "2", "99", "a" * 2048]))
def test_no_answer_in_no_state_breaks_anything(state: State, text: str) -> None:
    """States that no longer make sense too: the directory may have changed since they were kept."""
    world = a_world("KE", unfinished=State("words", "sw", draft=Draft("health")))
    assert_fits(engine.show(world, state).text)
    move = engine.answer(world, state, text)
    assert move.state.step in STEPS
    assert_fits(engine.show(world, move.state).text)


@pytest.mark.parametrize(
    ("country", "typed", "codes"),
    [
        ("KE", "kisumu", ["KE-17"]),
        ("KE", "KISUMO", ["KE-17"]),
        ("KE", "Muranga", ["KE-29"]),
        ("KE", "nairobi", ["KE-30"]),
        ("KE", "Trans-Nzoia", ["KE-42"]),
        ("SN", "thies", ["SN-TH"]),
        ("SN", "Saint Louis", ["SN-SL"]),
        ("IN", "bihar", ["IN-BR"]),
        ("IN", "Tamilnadu", ["IN-TN"]),
        ("ID", "jakarta", ["ID-JK"]),
        ("ID", "NTB", ["ID-NB"]),
        ("NG", "abuja", ["NG-FC"]),
        ("GH", "bono", ["GH-BO"]),
        ("GH", "Volta region", ["GH-TV"]),
        ("ZA", "Kwa Zulu Natal", ["ZA-KZN"]),
        ("IN", "கேரளா", ["IN-KL"]),
        ("IN", "लडाख", ["IN-LA"]),
        ("ZA", "Kapa Leboya", ["ZA-NC"]),
        ("KE", "Atlantis", []),
        ("KE", "?", []),
        ("KE", "", []),
    ],
)
def test_areas_are_found_by_the_names_people_type(country: str, typed: str, codes: list[str]) -> None:
    assert [area.code for area in find_areas(directory().areas_of(country), typed)] == codes


@given(typed=st.text(max_size=80))
def test_never_more_areas_than_a_screen_holds(typed: str) -> None:
    assert len(find_areas(directory().areas_of("ID"), typed)) <= 4


def test_where_money_comes_from_is_told_of_the_service_with_the_same_number() -> None:
    assert after("96").state.step == "how"
    told = after("96", "2").state
    assert (told.step, told.draft.asked, told.draft.is_begun) == ("money", "ke-water-sanitation", False)
    assert engine.show(a_world(), told).text.startswith(
        "Water, toilets: The money is in the county's water budget."
    )
    assert [after("96", "2", *keys).state.step for keys in (["0"], ["0", "0"], ["00"])] == ["how", "home", "home"]
    assert after("96", "9").state.was_misread


def test_of_one_service_alone_it_is_told_at_once() -> None:
    assert after("96", country="ZA").state.draft.asked == "za-water-sanitation"
    assert after("96", "0", country="ZA").state.step == "home"
