"""Names: a file is a noun, a class is one of its name in a layer, a docstring names its mechanism.

What broke these rules when they were made stands in lists here. They may only shrink: a name that
is not broken any more must leave its list, a new one never enters.
"""

import ast
import re
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAYERS = ("platform", "tenants", "modules", "billing", "sso", "ops")
APART = {"migrations", "node_modules", "assets", "static"}
VERBAL = re.compile(
    r"(^|_)[a-z]+ing$|^(told|kept|shown|sent|made|seen|asked|beside|warned|posted)$"
)
#: Verbal nouns that the field itself uses for a thing.
NOUNS = {
    *(
        "billing",
        "booking",
        "gc_tuning",
        "hardening",
        "hearing",
        "meeting",
        "pricing",
        "proofreading",
        "rating",
    ),
    *(
        "polling",
        "rounding",
        "spelling",
        "stripe_billing",
        "theming",
        "training",
        "voting",
    ),
}
#: Files that are named by an act, until somebody touches them.
VERBAL_FILES: set[str] = set()
#: Public classes of one name in one layer, until one of them is touched.
TWICE = {
    "modules": {
        *("AnswerForm", "Attachment", "ChangedWhileWriting", "Draft", "EditForm"),
        *("FileAdded", "FileDescribed", "FileMoved", "FileRemoved"),
        *("Item", "Kind", "NewForm", "Picture", "Said", "StaleVersion", "State"),
        *("Text", "TextForm", "TranslationForm", "Version", "Wanted"),
    },
}
#: First words of a docstring that begin a riddle instead of naming the mechanism.
RIDDLE = re.compile(r"^(What|How|Whether|Who|Whose|Whoever|Where|When|Which|Why|That|All)\b")
MOST_RIDDLES = 383
MANY_PARTS = 4


def sources():
    for layer in LAYERS:
        for path in (ROOT / layer).rglob("*.py"):
            if not APART & set(path.relative_to(ROOT).parts):
                yield layer, path


TREES = {(layer, path): ast.parse(path.read_text("utf-8")) for layer, path in sources()}


def test_a_file_is_a_noun():
    found = {
        str(path.relative_to(ROOT))
        for _, path in TREES
        if VERBAL.search(path.stem) and path.stem not in NOUNS
    }
    assert found - VERBAL_FILES == set(), "name the thing in the file"
    assert VERBAL_FILES - found == set(), "no longer broken: take it off the list"


def test_a_layer_has_one_public_class_of_a_name():
    defined = defaultdict(Counter)
    for (layer, _), tree in TREES.items():
        names = [node.name for node in tree.body if isinstance(node, ast.ClassDef)]
        defined[layer].update(name for name in names if not name.startswith("_"))
    twice = {
        layer: {name for name, n in names.items() if n > 1} for layer, names in defined.items()
    }
    found = {layer: names for layer, names in twice.items() if names}
    new = {layer: names - TWICE.get(layer, set()) for layer, names in found.items()}
    assert {layer: names for layer, names in new.items() if names} == {}
    gone = {layer: names - found.get(layer, set()) for layer, names in TWICE.items()}
    assert {layer: names for layer, names in gone.items() if names} == {}, "take it off the list"


def test_a_docstring_names_the_mechanism_first():
    first = (ast.get_docstring(tree) or "" for tree in TREES.values())
    riddles = sum(bool(RIDDLE.match(line)) for line in first)
    assert riddles <= MOST_RIDDLES, "begin a file with the field's term for what lives in it"
    assert riddles == MOST_RIDDLES, f"fewer than before: write {riddles} here"


def test_a_name_of_many_files_has_one_sense():
    """What stands in four parts or more is said once for all of them."""
    parts = defaultdict(set)
    for _, path in TREES:
        layer, *below = path.relative_to(ROOT).parts
        parts[path.stem].add((layer, below[0] if len(below) > 1 else ""))
    files = (ROOT / "docs" / "vocabulary.md").read_text("utf-8").partition("## Files")[2]
    said = set(re.findall(r"`(\w+)`", files)) | {"__init__", "__main__"}
    many = {name for name, found in parts.items() if len(found) >= MANY_PARTS}
    assert many - said == set(), "say in docs/vocabulary.md what such a file holds"
