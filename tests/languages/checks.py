"""Everything that is asked of a language, each as the list of what breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.language import SOURCE
from app.translating import sizes
from app.translating.catalogues import sign_off, template
from app.translating.sizes import Sized, screens, text_messages
from app.translating.texts import banned, partner_names, unprompted
from sms.ussd.screens import CUT
from tests.app.conversation.menu_worlds import directory
from tests.languages import glossary
from tests.languages.catalogues import plural_forms, untranslated, with_other_orders, with_other_placeholders


@dataclass(frozen=True)
class Told:
    """What there is to say about a language. `screens` are by country, `wrong` by what is asked of the language."""

    code: str
    messages: int
    sign_off: str
    texts: list[Sized]
    screens: dict[str, list[Sized]]
    wrong: dict[str, list[str]]


def tell(code: str) -> Told:
    texts = text_messages(code)
    shown = {country: screens(directory(), country, code) for country in offering(code)}
    partners = partner_names(directory())
    wrong = {name: check(code) for name, check in CHECKS.items() if code != SOURCE}
    wrong["nothing that others must not read"] = [text for text in unprompted(code) if banned(code, text, partners)]
    wrong["texts fit"] = _too_long(texts)
    wrong["screens fit"] = [text for country in shown.values() for text in _too_long(country)]
    wrong["screens are whole"] = [one.text for country in shown.values() for one in country if CUT in one.text]
    signed = "source" if code == SOURCE else sign_off(code) or "says nothing of a sign-off"
    return Told(code, len(template()), signed, texts, shown, wrong)


def offering(code: str) -> list[str]:
    return sizes.offering(directory(), code)


def _too_long(texts: Iterable[Sized]) -> list[str]:
    return [sized.text for sized in texts if not sized.fits]


def _plurals(code: str) -> list[str]:
    ours, theirs = plural_forms(code)
    return [] if ours == theirs else ["not those of CLDR"]


def _unnamed(code: str) -> list[str]:
    """The problem types without a name in this language, of the countries that offer it."""
    entries = [entry for entry in directory().entry_points if entry.country in offering(code)]
    return [problem.slug for entry in entries for problem in entry.problems if code not in problem.names]


CHECKS: dict[str, Callable[[str], list[str]]] = {
    "complete": lambda code: sorted(untranslated(code)),
    "placeholders": lambda code: sorted(with_other_placeholders(code)),
    "words to type": lambda code: sorted(with_other_orders(code)),
    "plurals": _plurals,
    "names of problems": _unnamed,
    "glossary": lambda code: [*glossary.missing_language(code), *glossary.breaches(code)],
}
"""What is asked of a translation, beside what is asked of every language."""
