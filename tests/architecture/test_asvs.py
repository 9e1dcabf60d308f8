"""Each row of the ASVS table names files and a test that exist."""

import ast
import re
from pathlib import Path

import obshto.platform.app as anchor

ROOT = Path(anchor.__file__).resolve().parents[1]
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([123]) \| .+ \| (.+) \| `(.+)::(\w+)` \|$")


def rows():
    lines = (ROOT / "docs/asvs.md").read_text("utf-8").splitlines()
    return [(line, ROW.match(line)) for line in lines if re.match(r"\| \d", line)]


def functions_of(path):
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_each_row_has_a_place_and_a_test_that_exist():
    assert rows()
    assert [line for line, found in rows() if found is None] == []
    places = [place for _, found in rows() for place in re.findall(r"`([^`]+)`", found[3])]
    assert [place for place in places if not (ROOT / place).exists()] == []
    named = [(found[4], found[5]) for _, found in rows()]
    assert [one for one in named if not (ROOT / one[0]).is_file()] == []
    assert [one for one in named if one[1] not in functions_of(ROOT / one[0])] == []
