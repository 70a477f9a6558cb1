"""python -m tests.languages [LANGUAGE …] [--page FILE]: is what we say to citizens whole, short and discreet?

Without a language: one paragraph for each. With some: these, and every text and screen with its size. `--page`
writes all of it as one page to read through. Exits 1 when anything is broken.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from app.conversation.menu.wording import LANGUAGE_NAMES
from app.language import CITIZEN_LANGUAGES
from app.translating.sizes import Sized
from tests.languages.catalogues import spoken_as_they_stand
from tests.languages.checks import Told, tell
from tests.languages.page import page


def main() -> int:
    asked = _arguments()
    with TemporaryDirectory() as folder, spoken_as_they_stand(Path(folder)):
        told = [_printed(tell(code), whole=bool(asked.language)) for code in asked.language or CITIZEN_LANGUAGES]
    if asked.page:
        asked.page.write_text(page(told), encoding="utf-8")
    broken = [f"{one.code}: {name}" for one in told for name, wrong in one.wrong.items() if wrong]
    print("broken: " + ", ".join(broken) if broken else "nothing is broken")
    return 1 if broken else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.languages")
    parser.add_argument("language", nargs="*", metavar="LANGUAGE")
    parser.add_argument("--page", type=Path, metavar="FILE", help="write every text and screen to this HTML file")
    asked = parser.parse_args()
    if unknown := set(asked.language) - set(CITIZEN_LANGUAGES):
        parser.error(f"no language that we speak: {', '.join(sorted(unknown))}")
    return asked


def _printed(told: Told, whole: bool) -> Told:
    print(f"{told.code}  {LANGUAGE_NAMES[told.code]}: {told.sign_off.lstrip('# ')}")
    for name, wrong in told.wrong.items():
        print(f"  {name:36}" + ("; ".join(map(_line, wrong)) if wrong else "ok"))
    parts = Counter(sized.parts for sized in told.texts)
    held = ", ".join(f"{number} in {count} part{'s' * (count > 1)}" for count, number in sorted(parts.items()))
    print(f"  {f'{told.messages} messages; text messages':36}{held}")
    for country, screens in told.screens.items():
        fullest = max(screens, key=lambda sized: sized.units / sized.room)
        print(f"  {f'{country} menu':36}{len(screens)} screens, the fullest {fullest.units} of {fullest.room}")
    if whole:
        _list(told)
    sys.stdout.flush()
    return told


def _list(told: Told) -> None:
    _sizes("text messages", told.texts)
    for country, screens in told.screens.items():
        _sizes(f"{country} menu", screens)


def _sizes(title: str, texts: Iterable[Sized]) -> None:
    print(f"\n  {title}")
    for sized in texts:
        print(f"  {sized.units:4} of {sized.room}, {sized.parts}  {_line(sized.text)}")
    print()


def _line(text: str) -> str:
    return text.replace("\n", " | ")


if __name__ == "__main__":
    sys.exit(main())
