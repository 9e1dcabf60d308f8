"""A module fresh from the scaffold is a whole module, in a copy of this checkout."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from obshto.ops.scaffold.scaffold import ROOT, Refused, new_module, singular

BIN = Path(sys.executable).parent
COMMAND = "from obshto.ops.cli import main; main(prog_name='obshto')"
GROWN = (".git", ".venv", ".run", ".data", "node_modules", "__pycache__", ".pytest_cache")
BUILT = {"build", "dist"}
# An editable installation still points at the real checkout: nothing may come from there.
FOREIGN = """
import sys
from contextlib import suppress
from obshto.ops.cli import main
with suppress(SystemExit):
    main(["modules", "new", "markets"], prog_name="obshto")
import obshto.ops.compose as compose
compose.all_components()
print([m.__file__ for n, m in sys.modules.items() if n.startswith("obshto.")
       and m.__file__ and not m.__file__.startswith(sys.argv[1])])
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the checkout with a new module in it."""
    root = tmp_path_factory.mktemp("checkout") / "obshto"
    shutil.copytree(ROOT, root, symlinks=True, ignore=grown)
    written = call(root, sys.executable, "-c", COMMAND, "modules", "new", "markets")
    assert written.returncode == 0, written.stderr
    assert "modules/markets/manifest.py" in written.stdout
    return root


def grown(folder, names):
    """What a checkout grows beside what is in it; `dist` means something else further down.

    What linters have learned of the files goes along: they look at what is new.
    """
    return {*GROWN} | (BUILT if Path(folder) == ROOT else set())


def call(root, *command):
    return subprocess.run(
        command,
        cwd=root,
        env={
            "PATH": f"{BIN}:{os.environ['PATH']}",
            "PYTHONPATH": str(root / ".src"),
            "DATA_DIR": str(root / ".data"),
            "CONTRACT_OF": "markets",
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_new_module_is_small(copy):
    """Its own code, without the tests and the catalogues beside it; none begins with a riddle."""
    files = [*(copy / "modules/markets").rglob("*.py"), *(copy / "modules/markets").rglob("*.html")]
    texts = [path.read_text("utf-8") for path in files]
    assert sum(text.count("\n") for text in texts) <= 500
    assert [text[:60] for text in texts if text.startswith(('"""What', '"""How', '"""Who'))] == []


def test_it_is_the_code_of_the_copy_that_runs_and_a_refusal_is_a_sentence(copy):
    said = call(copy, sys.executable, "-c", FOREIGN, str(copy))
    refused = "Error: There is a part called markets already: choose another name.\n"
    assert (said.stdout, said.stderr) == ("[]\n", refused)


@pytest.mark.parametrize(
    "command",
    [("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",), ("lint-imports",)],
    ids=" ".join,
)
def test_a_new_module_passes_the_linters(copy, command):
    said = call(copy, *command)
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.long
def test_a_new_module_passes_the_contract_suite_at_once(copy):
    tests = ("tests/contract", "tests/modules/markets")
    call(copy, sys.executable, "-m", "obshto.ops.i18n", "compile")
    # Of the others the suite itself has been asked.
    said = call(copy, sys.executable, "-m", "pytest", "-q", "-m", "not browser", *tests)
    assert said.returncode == 0, said.stdout[-8000:]


@pytest.mark.parametrize(
    ("slug", "one"), [("ad", "ad"), ("zoos", "zoo"), ("appointmentsbook", "appointmentsbook")]
)
def test_the_length_of_a_name_does_not_spoil_the_format(copy, slug, one):
    new_module(slug, one, copy)
    folders = (f"modules/{slug}", f"tests/modules/{slug}")
    try:
        for check in (("check",), ("format", "--check")):
            said = call(copy, "ruff", *check, *folders)
            assert said.returncode == 0, said.stdout
    finally:
        for folder in folders:
            shutil.rmtree(copy / folder)


@pytest.mark.parametrize(
    ("slug", "one", "why"),
    [
        ("news", None, "There is a part called news"),
        ("audit", None, "There is a part called audit"),
        ("ops", None, "means something else"),
        ("contact", None, "means something else"),
        ("lambda", None, "means something else"),
        ("Markets", None, "small Latin letters"),
        ("my-markets", None, "small Latin letters"),
        ("../markets", None, "small Latin letters"),
        ("пазари", None, "small Latin letters"),
        ("m", None, "small Latin letters"),
        ("m" * 17, None, "small Latin letters"),
        ("markets", "the market", "small Latin letters"),
        ("markets", "words", "Words is a word of the module's own code"),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_nothing_written(tmp_path, slug, one, why):
    (tmp_path / "pyproject.toml").touch()
    with pytest.raises(Refused, match=why):
        new_module(slug, one, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["pyproject.toml"]


def test_a_module_that_is_there_is_not_written_over(tmp_path):
    (tmp_path / "pyproject.toml").touch()
    new_module("markets", None, tmp_path)
    kept = (tmp_path / "modules/markets/services.py").read_text()
    with pytest.raises(Refused, match="There is a part called markets already"):
        new_module("markets", "stall", tmp_path)
    assert (tmp_path / "modules/markets/services.py").read_text() == kept


def test_an_installation_without_a_checkout_has_no_place_for_a_module(tmp_path):
    with pytest.raises(Refused, match="no checkout"):
        new_module("markets", None, tmp_path)


@pytest.mark.parametrize(
    ("slug", "one"),
    [
        ("markets", "market"),
        ("libraries", "library"),
        ("benches", "bench"),
        ("boxes", "box"),
        ("buses", "buse"),  # a guess is a guess: say --one bus
        ("parking", "parking"),
        ("chess", "chess"),
    ],
)
def test_the_word_for_one_is_guessed(slug, one):
    assert singular(slug) == one
