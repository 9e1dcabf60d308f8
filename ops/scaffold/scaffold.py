"""Write a module that passes the contract suite at once, for its author to fill."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from keyword import iskeyword
from pathlib import Path
from string import Template

from babel.messages.catalog import Catalog

from obshto.ops.catalogues import (
    PLURALS,
    catalogue_of,
    catalogues_in,
    messages,
    read,
    said_in,
    written,
)
from obshto.ops.compose import all_components
from obshto.ops.proofreading import forms
from obshto.platform.scope import RESERVED

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
SUFFIX = ".tmpl"
# First words of addresses that every municipality has; a module's pages would hide behind them.
ADDRESSES = frozenset(
    ("accessibility", "contact", "go", "healthz", "icon", "privacy", "readyz", "theme")
)
# Both words stand in the names of tables and indexes, which PostgreSQL cuts at 63 bytes.
_word = re.compile(r"[a-z]{2,16}").fullmatch

Told = dict[tuple[str, str], tuple[str, ...]]  # by language and source: its forms


class Refused(Exception):
    """Why no module can be called so; nothing was written."""


def new_module(slug: str, one: str | None = None, root: Path = ROOT) -> list[Path]:
    """Write `modules/<slug>/` and its tests; answers the files, below `root`.

    `one` is the word for one of them, guessed when None. Raises Refused.
    """
    if not (root / "pyproject.toml").exists():
        raise Refused("This is no checkout: a module is written where the code is developed.")
    one = one or singular(slug)
    _check(slug, one, root)
    names = {"slug": slug, "Slug": slug.title(), "one": one, "One": one.title()}
    files = [
        *_rendered(HERE / "templates" / "module", root / "modules" / slug, names),
        *_rendered(HERE / "templates" / "tests", root / "tests" / "modules" / slug, names),
    ]
    for path, text in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    made = [path for path, _ in files] + _translate(root, Path("modules") / slug)
    return sorted(path.relative_to(root) for path in made)


def singular(slug: str) -> str:
    """A guess at the English word for one of them: markets, libraries, benches, parking."""
    for ending, instead in (("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("xes", "x")):
        if slug.endswith(ending):
            return slug.removesuffix(ending) + instead
    return slug if slug.endswith(("ss", "us", "is")) else slug.removesuffix("s")


def _check(slug: str, one: str, root: Path) -> None:
    for word in (slug, one):
        if not _word(word):
            raise Refused(f"{word} will not do: take 2 to 16 small Latin letters, nothing else.")
    if slug in RESERVED | ADDRESSES or iskeyword(slug):
        raise Refused(f"{slug} means something else already, to the house or to Python.")
    if slug in {part.slug for part in all_components()} or (root / "modules" / slug).exists():
        raise Refused(f"There is a part called {slug} already: choose another name.")
    if one.title() in _own_words():
        raise Refused(f"{one.title()} is a word of the module's own code: say another with --one.")


def _own_words() -> set[str]:
    """What the code of every new module says already with a capital letter."""
    texts = [path.read_text("utf-8") for path in _templates(HERE / "templates")]
    return {word for text in texts for word in re.findall(r"\b[A-Z][a-z]+\b", text)}


def _templates(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob(f"*{SUFFIX}")) if path.is_file())


def _rendered(folder: Path, to: Path, names: dict[str, str]) -> Iterator[tuple[Path, str]]:
    for path in _templates(folder):
        place = path.relative_to(folder).as_posix().removesuffix(SUFFIX)
        place = place.replace("SLUG", names["slug"]).replace("ONE", names["one"])
        yield to / place, Template(path.read_text("utf-8")).substitute(names)


def _translate(root: Path, folder: Path) -> list[Path]:
    """The catalogues of the new module. What another part says already is said the same way."""
    template, told = said_in(root, folder)[folder], _told(root)
    made = []
    for language in PLURALS:
        catalogue = Catalog(locale=language)
        catalogue.update(template, no_fuzzy_matching=True)
        for message in messages(catalogue):
            found = told[language, forms(message.id)[0]]
            message.string = found if message.pluralizable else found[0]
        path = root / catalogue_of(folder, language)
        path.parent.mkdir(parents=True)
        path.write_bytes(written(catalogue, language))
        made.append(path)
    return made


@cache  # a catalogue is long to read, and there are two of each part
def _told(root: Path) -> Told:
    ours = json.loads((HERE / "data" / "words.json").read_text("utf-8"))
    told = {(to, text): tuple(ways[to]) for text, ways in ours.items() for to in PLURALS}
    for path in catalogues_in(root):
        for message in messages(read(path)):
            if all(forms(message.string)):
                told[path.parts[-3], forms(message.id)[0]] = forms(message.string)
    return told
