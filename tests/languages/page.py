"""One page with every text and screen in every language, for somebody who reads it aloud."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from app.translating.catalogues import TRANSLATED, places, translations
from app.translating.sizes import Sized
from tests.languages.checks import Told

STYLE = Markup("""
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 75rem; padding: 1rem; }
nav a { display: inline-block; padding: .25rem .5rem; }
table { border-collapse: collapse; width: 100%; } td { border-top: 1px solid #999; padding: .25rem .5rem .25rem 0; }
td { vertical-align: top; overflow-wrap: anywhere; width: 50%; }
.screens { display: flex; flex-wrap: wrap; gap: .75rem; }
pre { border: 1px solid #555; border-radius: .5rem; margin: 0; padding: .5rem; }
pre { white-space: pre-wrap; width: 12rem; }
small { color: #555; display: block; }
""")


def page(told: Iterable[Told]) -> str:
    """The page as HTML; whole by itself, so that it can be sent to a reader."""
    listed = list(told)
    links = Markup("").join(Markup('<a href="#{0}">{0}</a>').format(one.code) for one in listed)
    return Markup(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>What Gapline says</title>'
        '<meta name="viewport" content="width=device-width"><style>{}</style></head>'
        "<body><h1>What Gapline says</h1><nav>{}</nav>{}</body></html>\n"
    ).format(STYLE, links, Markup("").join(map(_language, listed)))


def _language(told: Told) -> Markup:
    parts = [_texts(told), _messages(told.code) if told.code in TRANSLATED else Markup("")]
    parts += [_screens(told.code, country, screens) for country, screens in told.screens.items()]
    head = Markup('<section id="{0}"><h2>{0}</h2><p>{1}</p>').format(told.code, told.sign_off.lstrip("# "))
    return head + Markup("").join(parts) + Markup("</section>")


def _texts(told: Told) -> Markup:
    rows = (
        Markup('<tr><td lang="{}">{}</td><td>{} of {}, {}</td></tr>').format(
            told.code, one.text, one.units, one.room, "one part" if one.parts == 1 else f"{one.parts} parts"
        )
        for one in told.texts
    )
    return Markup("<h3>Text messages, at their longest</h3><table>{}</table>").format(Markup("").join(rows))


def _messages(code: str) -> Markup:
    """Every message of the catalogue beside its English."""
    said = translations(code)
    rows = (
        Markup('<tr><td>{}</td><td lang="{}">{}</td></tr>').format(text, code, said.get(text, ""))
        for text in sorted(places(), key=lambda text: (min(places()[text]), text))
    )
    return Markup("<h3>Everything that is said</h3><table>{}</table>").format(Markup("").join(rows))


def _screens(code: str, country: str, screens: Iterable[Sized]) -> Markup:
    shown = (
        Markup('<div><pre lang="{}">{}</pre><small>{} of {}</small></div>').format(
            code, one.text, one.units, one.room
        )
        for one in screens
    )
    return Markup('<h3>{} menu</h3><div class="screens">{}</div>').format(country, Markup("").join(shown))
