"""Properties of a vote, bad input: each row of the tables in docs/voting.md names its tests."""

import ast
import re
from pathlib import Path

HERE = Path(__file__).parent
TABLE = HERE.parents[2] / "docs" / "voting.md"
ROWS = [*(f"V{number}" for number in range(1, 13)), *(f"B{number}" for number in range(1, 8))]


def rows():
    """Names of tests by the property or the bad input that they prove."""
    found = re.findall(r"^\| ([VB]\d+) \|(.+)\|(.+)\|$", TABLE.read_text("utf-8"), re.MULTILINE)
    return {name: re.findall(r"`(\S+)::(\w+)`", tests) for name, _property, tests in found}


def test_every_property_has_a_test():
    told = rows()
    assert [*told] == ROWS
    assert [name for name, tests in told.items() if not tests] == []


def test_every_test_that_is_named_is_there():
    absent = {
        f"{file}::{test}"
        for tests in rows().values()
        for file, test in tests
        if test not in defined_in(HERE / file)
    }
    assert absent == set()


def defined_in(path):
    tree = ast.parse(path.read_text("utf-8")) if path.is_file() else ast.Module([], [])
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
