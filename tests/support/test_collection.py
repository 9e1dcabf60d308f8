"""How processes share the tests; a run that keeps nothing."""

import subprocess
import sys
from pathlib import Path

import pytest
from support.collection import TOGETHER, scope_of, turn_of
from support.thorough import IS_THOROUGH

ROOT = Path(__file__).parents[2]
# Who has looked at the furnished house knows how an empty one is built.
BARE = "browser bare" if IS_THOROUGH else "browser furnished"


@pytest.mark.parametrize(
    ("item", "scope"),
    [
        ("tests/modules/news/test_pages.py::test_x[a]", "tests/modules/news/test_pages.py"),
        ("tests/browser/test_pages.py::test_x[used]", "browser used"),
        ("tests/browser/test_pages.py::test_x[furnished]", "browser furnished"),
        ("tests/browser/test_pages.py::test_x[bare]", BARE),
        ("tests/browser/test_budget.py::test_x", "browser"),
        ("tests/sso/test_brake.py::test_x[keycloak]", "sso"),
    ],
)
def test_what_shares_something_dear_stays_together(item, scope):
    assert scope_of(item) == scope


def test_the_longest_pieces_begin_first_after_all_that_wants_an_event_loop():
    items = [
        *("tests/sso/test_brake.py::test_x[keycloak]", "tests/chaos/test_drill.py::test_x"),
        *("tests/journeys/test_pay.py::test_x", "tests/browser/test_budget.py::test_x"),
        *("tests/browser/test_pages.py::test_x[used]", "tests/ops/backup/test_refusals.py::test_x"),
        *("tests/platform/video/test_rooms.py::test_x", "tests/modules/news/test_pages.py::test_x"),
    ]
    rooms = [scope_of(item).split("/")[-1] for item in sorted(items, key=turn_of)]
    early, (one, *rest) = rooms[:2], rooms[2:]
    assert early == ["test_rooms.py", "test_pages.py"] and one == "backup"
    assert rest == ["browser used", "journeys", "sso", "test_drill.py", "browser"]


def test_what_starts_a_browser_lies_where_nothing_else_wants_an_event_loop():
    marked = {file for file in (ROOT / "tests").rglob("test_*.py") if is_marked(file)}
    assert len(marked) > 10
    assert {file for file in marked if scope_of_file(file) not in TOGETHER} == set()


def is_marked(file):
    return file != Path(__file__) and "pytest.mark.browser" in file.read_text("utf-8")


def scope_of_file(file):
    return scope_of(f"{file.relative_to(ROOT)}::test_x[a]").partition(" ")[0]


def test_a_run_without_a_cache_ends_well():
    one = "tests/architecture/test_templates.py"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", one]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
