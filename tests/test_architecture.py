"""The floors hold: a room imports only rooms of lower floors, and only its own libraries."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[1] / "src" / "clsmon"

FLOORS = {
    "__init__": 0,
    "model": 0,
    "rules": 1,
    "analysis": 1,
    "text": 1,
    "workbooks": 1,
    "render": 1,
    "writing": 1,
    "opening": 2,
    "logos": 2,
    "closing": 2,
    "recording": 2,
    "recognising": 2,
    "receiving": 2,
    "convening": 2,
    "concluding": 2,
    "observing": 2,
    "rereading": 2,
    "redrawing": 2,
    "founding": 3,
    "printing": 3,
    "preparing": 3,
    "reminding": 3,
    "settling": 3,
    "versions": 3,
    "examining": 3,
    "reporting": 4,
    "evaluating": 4,
    "minuting": 4,
    "collecting": 4,
    "publishing": 5,
    "leftovers": 5,
    "demonstration": 6,
    "cli": 7,
    "__main__": 8,
}
"""Rooms of one floor do not import each other; they meet above."""

LIBRARIES = {
    "model": {"pydantic", "pydantic_core", "rapidfuzz"},
    "text": {"yaml", "pydantic"},
    "workbooks": {"xlsxwriter"},
    "render": {
        "docx",
        "icalendar",
        "jinja2",
        "markdown_it",
        "markupsafe",
        "pptx",
        "pydantic",
        "pydantic_core",
        "typst",
        "xlsxwriter",
    },
    "receiving": {"filelock"},
    "demonstration": {"openpyxl"},
    "cli": {"typer", "rich"},
}

MODULES = sorted(SOURCES.rglob("*.py"))


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} relative import"
            yield node.module or ""


def room_of_file(path: Path) -> str:
    return path.relative_to(SOURCES).parts[0].removesuffix(".py")


def test_every_room_has_a_floor() -> None:
    assert {room_of_file(path) for path in MODULES} - {"py.typed"} == set(FLOORS)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCES)))
def test_a_module_imports_only_lower_floors_and_its_own_libraries(path: Path) -> None:
    room = room_of_file(path)
    for module in imports(path):
        top = module.split(".")[0]
        if top == "clsmon":
            other = room_of(module)
            assert other == room or FLOORS[other] < FLOORS[room], f"{room} imports {other}"
        else:
            allowed = LIBRARIES.get(room, set())
            assert top in sys.stdlib_module_names or top in allowed, f"{room} imports {top}"


def body_length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the first statement on: a docstring is a page, a signature is a list."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCES)))
def test_a_module_stays_small_and_says_what_it_is(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= 300
    tree = ast.parse(source)
    assert not source.strip() or ast.get_docstring(tree), "a module says what it is for"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert body_length(node) <= 40, f"{node.name} is too long"


def test_the_clock_is_read_in_one_place_only() -> None:
    readers = {
        path.name
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}
        if isinstance(node.value, ast.Name) and node.value.id in {"date", "datetime", "time"}
    }
    assert readers == {"opening.py"}
