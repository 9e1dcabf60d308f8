"""Where the words for people stand: in code, in templates, in the catalogues of each part."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment

ROOMS = ("platform", "tenants", "modules", "billing", "sso", "ops")
SHELLS = Path("platform/web")  # keeps the words that belong to no part
PARTS = ("component.py", "manifest.py")
NOT_OURS = {"__pycache__", "assets", "node_modules", "static"}
PAGES = {".html", ".txt", ".xml"}
CYRILLIC = re.compile(r"[\u0400-\u04ff]")

# Forms of a counted noun: how many, and which one for n.
PLURALS = {
    "en": (2, "(n != 1)"),
    "ro": (3, "(n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2)"),
}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "counted": (1, 2),  # sentences that the kit's scripts count
}
# Otherwise a template that does not parse would say nothing, silently.
OPTIONS = {"silent": "false"}

# Without dates: they would change at every run.
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals={count}; plural={formula};\\n"

"""


def said_in(root: Path, folder: Path | None = None) -> dict[Path, Catalog]:
    """What code and templates say, by the folder (from `root`) that keeps its translations; of one
    such folder alone where it is named.

    Raises SyntaxError or jinja2.TemplateSyntaxError for a file that cannot be read.
    """
    said: defaultdict[Path, Catalog] = defaultdict(Catalog)
    for path in _files(root):
        is_wanted = folder in (None, _keeper(path, root))
        if is_wanted and (method := _method(path)):
            name = path.relative_to(root).as_posix()
            for line, words, _, _ in extract_from_file(method, path, KEYWORDS, options=OPTIONS):
                said[_keeper(path, root)].add(words, locations=[(name, line)])
    return dict(said)


def unmarked_in(root: Path) -> Iterator[tuple[Path, str]]:
    """Bulgarian that stands bare in a template, so that no catalogue can hold it."""
    for path in (path for path in _files(root) if _method(path) not in (None, "python")):
        for _, kind, text in Environment().lex(path.read_text("utf-8")):
            if kind == "data" and CYRILLIC.search(text):
                yield path.relative_to(root), " ".join(text.split())


def catalogues_in(root: Path) -> list[Path]:
    """Every `.po` there is."""
    return [path for path in _files(root) if path.suffix == ".po"]


def catalogue_of(folder: Path, language: str) -> Path:
    """Where the translations of a folder into a language stand."""
    return folder / "translations" / language / "LC_MESSAGES" / "messages.po"


def read(path: Path) -> Catalog:
    """The catalogue that stands there, or an empty one. Raises PoFileError for a broken file."""
    language = path.parts[-3]
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def written(catalogue: Catalog, language: str) -> bytes:
    """The same bytes for the same words: no dates, no line numbers, nothing that is not said."""
    count, formula = PLURALS[language]
    body = BytesIO()
    write_po(body, catalogue, width=0, omit_header=True, include_lineno=False, ignore_obsolete=True)
    head = HEADER.format(language=language, count=count, formula=formula)
    return head.encode() + body.getvalue()


def messages(catalogue: Catalog) -> list[Message]:
    """All but the header."""
    return [message for message in catalogue if message.id]


def _files(root: Path) -> Iterator[Path]:
    for room in ROOMS:
        for folder, below, names in os.walk(root / room):
            below[:] = sorted(set(below) - NOT_OURS)
            yield from (Path(folder, name) for name in sorted(names))


def _method(path: Path) -> str | None:
    if path.suffix == ".py":
        return "python"
    is_page = path.suffix in PAGES and "templates" in path.parts
    return "jinja2.ext:babel_extract" if is_page else None


def _keeper(path: Path, root: Path) -> Path:
    """The folder of the part that a file belongs to."""
    for folder in path.relative_to(root).parents:
        if any((root / folder / name).exists() for name in PARTS):
            return folder
    return SHELLS
