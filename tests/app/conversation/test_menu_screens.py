"""Each screen of the menu, in every country and language: short enough, whole, and with a way out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.conversation.menu import engine
from app.conversation.menu.spelling import on_a_screen
from app.conversation.menu.state import Act, Draft, State
from app.conversation.menu.steps import STEPS
from app.conversation.money import MONEY
from app.language import CITIZEN_LANGUAGES, say
from sms.ussd.paging import MOST_LINES
from sms.ussd.screens import CUT
from tests.app.conversation.menu_worlds import REPORTS, a_world, all_pages, directory, keys_of, reachable
from tests.sms.ussd.screen import assert_fits

COUNTRIES = tuple(country.code for country in directory().countries)

OFFERED = tuple((country.code, language) for country in directory().countries for language in country.languages)

UCS2 = frozenset({"hi", "mr", "ta", "te"})

each_country = pytest.mark.parametrize("country", COUNTRIES)


def spoken_in(country: str, language: str) -> list[State]:
    return [replace(state, language=state.language and language) for state in reachable(country)]


@each_country
def test_the_walk_reaches_every_step(country: str) -> None:
    assert {state.step for state in reachable(country)} == STEPS.keys()


@each_country
@pytest.mark.parametrize("language", CITIZEN_LANGUAGES)
def test_every_screen_fits_and_turning_pages_shows_every_choice(country: str, language: str) -> None:
    for state in spoken_in(country, language):
        shown = all_pages(country, state)
        for text in shown:
            assert_fits(text)
        wanted = [choice.key for choice in STEPS[state.step].show(a_world(country), state).choices]
        listed = [[key for key in keys_of(text) if key not in ("0", "98", "00")] for text in shown]
        assert [key for keys in listed for key in keys] == wanted
        assert max(map(len, listed)) <= MOST_LINES
        assert "{" not in "".join(shown)


@pytest.mark.parametrize(("country", "language"), OFFERED)
def test_no_screen_is_cut_in_a_language_of_its_country(country: str, language: str) -> None:
    shown = [text for state in spoken_in(country, language) for text in all_pages(country, state)]
    assert [text for text in shown if CUT in text] == []


@pytest.mark.parametrize(("country", "language"), OFFERED)
def test_every_problem_is_named_whole_in_the_language_of_the_screen(country: str, language: str) -> None:
    world = a_world(country)
    for entry in (entry for entry in world.directory.entry_points if entry.country == country):
        listed = "\n".join(all_pages(country, State("problem", language, draft=Draft(entry.sector))))
        for problem in entry.problems:
            name = on_a_screen(problem.name_in(language), language)
            asked = engine.show(world, State("confirm", language, draft=Draft(entry.sector, problem.slug))).text
            assert (name in listed, name in asked) == (True, True), (name, asked)


@pytest.mark.parametrize(("country", "language"), [pair for pair in OFFERED if pair[1] != "en"])
def test_a_screen_holds_five_problems_in_gsm7_and_two_in_longer_letters(country: str, language: str) -> None:
    for entry in (entry for entry in directory().entry_points if entry.country == country):
        turned = all_pages(country, State("problem", language, draft=Draft(entry.sector)))[:-1]
        held = [len([key for key in keys_of(text) if key not in ("0", "98", "00")]) for text in turned]
        assert min(held) >= (2 if language in UCS2 else 5), entry.slug


@each_country
def test_from_everywhere_the_first_screen_is_one_key_away(country: str) -> None:
    world = a_world(country)
    for state in reachable(country):
        assert engine.answer(world, state, "00").state == State("home", state.language)


@each_country
def test_going_back_leads_to_the_first_screen_from_everywhere(country: str) -> None:
    world = a_world(country)
    for state in reachable(country):
        for _ in range(12):
            state = engine.answer(world, state, "0").state
        assert (state.step, state.page) == ("home", 0)


@each_country
def test_no_screen_says_a_persons_own_words_back(country: str) -> None:
    world = a_world(country)
    state = engine.answer(world, State("home", "en"), "1").state
    state = state.to("confirm", words="my neighbour stole it", place="Kwa Wambua")
    assert not {"neighbour", "Wambua"} & set(engine.show(world, state).text.split())


@pytest.mark.parametrize("language", CITIZEN_LANGUAGES)
def test_a_reference_is_never_cut(language: str) -> None:
    world = a_world("ZA")
    shown = "\n".join(all_pages("ZA", State("check", language)))
    assert [reference for reference, _ in REPORTS if reference not in shown] == []
    last = engine.show_recorded(world, State("confirm", language), "ZA-7W3K9QX")
    assert_fits(last.text)
    assert (last.ends, "ZA-7W3K9QX" in last.text) == (True, True)
    called = engine.show_called(world, State("home", language), "ZA-7W3K9QX")
    assert_fits(called.text)
    assert (called.ends, "ZA-7W3K9QX" in called.text) == (True, True)


@each_country
def test_five_answers_are_enough_for_a_report(country: str) -> None:
    world = a_world(country)
    for number in range(1, len(STEPS["home"].show(world, State("home", "en")).choices) - 3):
        state, acts = State("home", "en"), []
        for text in (str(number), "1", "1", "no teacher", "1"):
            if not acts:
                move = engine.answer(world, state, text)
                state, acts = move.state, [move.act] if move.act else []
        assert acts == [Act.FILE], (number, state)


@pytest.mark.parametrize(("country", "language"), OFFERED)
def test_the_menu_tells_all_that_is_said_of_a_services_money_and_no_screen_of_it_looks_like_a_choice(
    country: str, language: str
) -> None:
    world = a_world(country)
    for entry in (entry for entry in world.directory.entry_points if entry.country == country):
        shown = all_pages(country, State("money", language, draft=Draft(asked=entry.slug)))
        told = " ".join(text.partition("\n")[0] for text in shown)
        assert all(say(language, text) in told for text in MONEY[entry.slug]), told
        assert not any(text[0].isdecimal() for text in shown)
        assert len(shown) <= (8 if language in UCS2 else 3), (entry.slug, len(shown))
