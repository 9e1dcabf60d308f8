"""The catalogues of translations: collected, brought up to date, compiled, checked."""

from __future__ import annotations

from collections import defaultdict
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo

from obshto.ops.proofreading import marks_of_source

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("platform", "tenants", "modules", "billing", "sso", "ops")
SHELLS = Path("platform/web")  # keeps the words that belong to no part
NOT_OURS = {"__pycache__", "assets", "node_modules", "static"}
PAGES = {".html", ".txt", ".xml"}

KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "counted": (1, 2),  # sentences that the kit's scripts count
}
# Without it a template that does not parse would silently say nothing.
LOUDLY = {"silent": "false"}

# gettext's own wording for Romanian takes 0 for a form of its own; dates are left out, because
# every run would change them.
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals={count}; plural={formula};\\n"

"""
FORMULAS = {
    "en": (2, "(n != 1)"),
    "ro": (3, "(n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2)"),
}


def extract(root: Path = ROOT) -> dict[Path, Catalog]:
    """What code and templates say, by the folder whose catalogue it belongs to.

    Raises jinja2.TemplateSyntaxError or SyntaxError for a file that cannot be read.
    """
    said: defaultdict[Path, Catalog] = defaultdict(Catalog)
    for path in _files(root):
        if method := _method(path):
            place = path.relative_to(root)
            for line, words, _, _ in extract_from_file(method, path, KEYWORDS, options=LOUDLY):
                said[_home(root, path)].add(words, locations=[(place.as_posix(), line)])
    return dict(said)


def update(root: Path = ROOT) -> None:
    """Give every catalogue an empty place for what is new, take out what nobody says any more."""
    for folder, template in extract(root).items():
        for language in FORMULAS:
            path = root / _catalogue(folder, language)
            catalogue = _read(path, language)
            catalogue.update(template, no_fuzzy_matching=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_written(catalogue, language))


def compile_all(root: Path = ROOT) -> list[Path]:
    """Compile the catalogues that changed since they were compiled; gives their paths."""
    changed = [path for path in _catalogues(root) if _is_stale(path)]
    for path in changed:
        compiled = BytesIO()  # whole or not at all: a running application may be reading
        write_mo(compiled, _read(path, path.parts[-3]))
        path.with_suffix(".mo").write_bytes(compiled.getvalue())
    return changed


def check(root: Path = ROOT) -> list[str]:
    """Every fault as `place: kind: string`; an empty list when all is said in all languages."""
    said = extract(root)
    faults = [
        f"{folder}: {mark}: {text}"
        for folder, template in said.items()
        for message in _messages(template)
        for text in forms(message.id)
        for mark in marks_of_source(text)
    ]
    told: defaultdict[tuple[str, object], set[object]] = defaultdict(set)
    for folder, template in said.items():
        for language in FORMULAS:
            catalogue = _read(root / _catalogue(folder, language), language)
            place = f"{folder} {language}"
            faults += [f"{place}: {fault}" for fault in _gaps(template, catalogue, language)]
            for message in _messages(catalogue):
                told[language, message.id].add(message.string)
                pair = Pair(language, forms(message.id), forms(message.string), message.fuzzy)
                faults += [f"{place}: {mark}: {forms(message.id)[0]}" for mark in marks_of(pair)]
    # All parts are heard in one room: of two translations the last one loaded would win.
    faults += [
        f"{language}: told twice: {forms(source)[0]}"
        for (language, source), ways in told.items()
        if len(ways) > 1
    ]
    return faults + _orphans(root, said)


def main(arguments: list[str]) -> None:
    """The same as `obshto words`, for where there is no configuration: `compile` and `check`."""
    match arguments:
        case ["compile"]:
            compile_all()
        case ["check"]:
            sys.exit("\n".join(check()) or None)
        case _:
            sys.exit("Say what to do: compile or check.")


def forms(words: object) -> tuple[str, ...]:
    """The singular with its plurals; a string that is not counted is alone."""
    return (words,) if isinstance(words, str) else tuple(words or ())  # type: ignore[call-overload]  # Babel's own kind


if __name__ == "__main__":
    main(sys.argv[1:])
