"""The documents tell of every setting, command, target, room and decision, and no link in them is dead."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from click import Group
from flask import Flask

from tests.house.sources import ROOT, files, nodes, python, read

README, EXAMPLE, ARCHITECTURE = Path("README.md"), Path(".env.example"), Path("docs/architecture.md")
SETTING = re.compile(r"[A-Z][A-Z_]+")
LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")
TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)


def settings() -> set[str]:
    """The names that the code asks the environment for."""
    return {name for path in python("app") for node in nodes(path) for name in _asked_for(node)}


def _asked_for(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and _mentions_environment([node.func, *node.args]):
        for argument in node.args:
            if isinstance(argument, ast.Constant) and SETTING.fullmatch(str(argument.value)):
                yield argument.value


def _mentions_environment(parts: list[ast.expr]) -> bool:
    return any(ast.unparse(part) in ("environ", "environ.get", "os.environ", "os.environ.get") for part in parts)


def rooms() -> set[str]:
    return {f"app/{path.parts[1]}" for path in python("app") if len(path.parts) > 2}


def decisions() -> list[Path]:
    return [path for path in files() if path.parent == Path("docs/decisions")]


def test_the_settings_are_found():
    assert {"INSTANCE", "HOST", "SECRET_KEY", "TWILIO_API_BASE", "SMTP_URL"} <= settings()


def test_the_readme_tells_of_every_setting():
    assert not {name for name in settings() if f"`{name}`" not in read(README)}


def test_the_example_holds_every_setting_and_no_other():
    assert set(re.findall(r"^([A-Z_]+)=", read(EXAMPLE), re.MULTILINE)) == settings()


def test_the_readme_tells_of_every_command(app: Flask):
    commands = {f"flask --app wsgi {name}" for name in _commands(app.cli)}
    assert commands
    assert not {command for command in commands if command not in read(README)}


def _commands(group: Group) -> Iterator[str]:
    for name, command in group.commands.items():
        yield from (f"{name} {rest}" for rest in _commands(command)) if isinstance(command, Group) else (name,)


def test_the_readme_tells_of_every_target():
    targets = TARGET.findall(read(Path("Makefile")))
    assert {"run", "test"} <= set(targets)
    assert not [target for target in targets if f"make {target}" not in read(README)]


def test_the_architecture_has_a_line_for_every_room_and_for_none_that_is_gone():
    told = re.findall(r"^\| `((?:app/)?\w+)` \|", read(ARCHITECTURE), re.MULTILINE)
    assert sorted(told) == sorted({*rooms(), "sms"})


def test_there_are_decisions_and_the_architecture_leads_to_each():
    assert decisions()
    assert not [path.name for path in decisions() if f"](decisions/{path.name})" not in read(ARCHITECTURE)]


def test_the_decisions_are_numbered_without_gaps():
    numbers = [path.name[:5] for path in decisions()]
    assert numbers == [f"{number:04}-" for number in range(1, len(numbers) + 1)]


def test_every_link_leads_somewhere():
    links = ((page, link) for page in files() if page.suffix == ".md" for link in LINK.findall(read(page)))
    local = [(page, link) for page, link in links if "://" not in link and not link.startswith("mailto:")]
    assert local
    assert not [f"{page}: {link}" for page, link in local if not (ROOT / page.parent / link).exists()]
