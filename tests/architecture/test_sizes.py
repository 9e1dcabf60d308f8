"""Nothing grows past the stops, nothing is called by a name that says nothing."""

import ast
import re
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[2]
ROOMS = ("platform", "tenants", "modules", "billing", "sso", "ops")
APART = {"migrations", "node_modules", "assets", "static"}
VAGUE = re.compile(r"^(utils?|helpers?|common|misc|managers?|stuff)$")
# The closed vocabulary of a module's files; a new word is a decision.
WORDS = {
    *("__init__", "manifest", "models", "services", "forms", "permissions", "events", "errors"),
    *(
        "settings",
        "citizen",
        "console",
        "region",
        "machine",
        "home",
        "jobs",
        "reactions",
        "notifications",
    ),
    *("privacy", "search", "todo", "paper", "datasets", "map_layers", "stations", "outcomes"),
    *("selfcheck", "seeds", "practice_acts"),
}
FOLDERS = WORDS | {"templates", "translations", "migrations", "data", "__pycache__"}
# Of voting: what runs on a phone, and the programs that people run on computers of their own.
FOLDERS |= {"booth", "distribution"}


def sources():
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            if not APART & set(path.relative_to(ROOT).parts):
                yield path


FILES = {path: path.read_text("utf-8") for path in sources()}
LINES = {path: text.count("\n") for path, text in FILES.items()}
#: Programs that a stranger reads whole, in one file (record 0105).
WHOLE = {ROOT / "modules/voting/distribution/audit.py": 600}


def functions():
    for path, text in FILES.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield path, node


def body_lines(function):
    """From the first statement to the last: a long signature is no long function."""
    return function.end_lineno - function.body[0].lineno + 1


SPANS = {(p, f.name, f.lineno): body_lines(f) for p, f in functions()}


def test_no_file_is_longer_than_its_stop():
    assert {str(path): n for path, n in LINES.items() if n > WHOLE.get(path, 500)} == {}


def test_no_function_is_longer_than_its_stop():
    assert {key: n for key, n in SPANS.items() if n > 40} == {}


def test_most_files_and_functions_are_short():
    assert median(LINES.values()) <= 80
    assert quantiles(LINES.values(), n=10)[-1] <= 200
    assert median(SPANS.values()) <= 8
    assert quantiles(SPANS.values(), n=10)[-1] <= 25


def test_no_name_says_nothing():
    named = [path for path in FILES if any(map(VAGUE.match, path.relative_to(ROOT).parts[:-1]))]
    assert [str(p) for p in named + [p for p in FILES if VAGUE.match(p.stem)]] == []


def test_modules_keep_to_the_vocabulary_of_files():
    folders = [path for path in (ROOT / "modules").iterdir() if path.is_dir()]
    found = {entry.stem for module in folders for entry in module.iterdir()}
    assert found - FOLDERS == set()


def test_each_file_says_in_one_sentence_what_lives_here():
    trees = {path.relative_to(ROOT): ast.parse(text) for path, text in FILES.items()}
    silent = [str(path) for path, tree in trees.items() if tree.body and not has_sentence(tree)]
    assert silent == []


def has_sentence(tree):
    """Whether the first line of the docstring is one sentence."""
    return (ast.get_docstring(tree) or "").partition("\n")[0].endswith(".")


def test_a_file_without_its_sentence_is_noticed():
    for silent in ("x = 1", '"""No full stop"""', '"""Goes\non."""'):
        assert not has_sentence(ast.parse(silent))
    assert has_sentence(ast.parse('"""What lives here."""\nx = 1'))


def test_views_are_short():
    """A view parses, calls one service, chooses a template."""
    long = {}
    for path, node in functions():
        routed = [d for d in node.decorator_list if _is_route(d)]
        if routed and SPANS[path, node.name, node.lineno] > 20:
            long[f"{path.stem}.{node.name}"] = SPANS[path, node.name, node.lineno]
    assert long == {}


def _is_route(decorator):
    call = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(call, ast.Attribute) and call.attr in ("get", "post", "route")
