"""Translations brought up to date, compiled, checked."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from obshto.ops.catalogues import (
    PLURALS,
    catalogue_of,
    catalogues_in,
    messages,
    read,
    said_in,
    unmarked_in,
    written,
)
from obshto.ops.proofreading import Pair, forms, marks_of, marks_of_source

ROOT = Path(__file__).resolve().parents[1]


def extract(root: Path = ROOT) -> dict[Path, Catalog]:
    """What is said to people in Bulgarian, by the folder that keeps its translations."""
    return said_in(root)


def update(root: Path = ROOT) -> None:
    """Give every catalogue an empty place for what is new; take out what nobody says any more."""
    for folder, template in extract(root).items():
        for language in PLURALS:
            path = root / catalogue_of(folder, language)
            catalogue = read(path)
            catalogue.update(template, no_fuzzy_matching=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(written(catalogue, language))


def compile_all(root: Path = ROOT) -> list[Path]:
    """Compile the catalogues that changed since they were compiled last; gives their paths."""
    changed = [path for path in catalogues_in(root) if _is_stale(path)]
    for path in changed:
        compiled = BytesIO()
        write_mo(compiled, read(path))
        path.with_suffix(".mo").write_bytes(compiled.getvalue())
    return changed


def _is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime


def check(root: Path = ROOT) -> list[str]:
    """Every fault as `place: kind: string`; none when all is said well in all languages."""
    said = extract(root)
    kept = {
        (folder, language): read(root / catalogue_of(folder, language))
        for folder in said
        for language in PLURALS
    }
    return [
        *_in_sources(said),
        *(fault for place in kept for fault in _in_catalogue(*place, kept[place], said[place[0]])),
        *_told_twice(kept),
        *_of_nobody(root, said),
        *(f"{path}: unmarked: {text}" for path, text in unmarked_in(root)),
    ]


def _in_sources(said: Mapping[Path, Catalog]) -> Iterator[str]:
    for folder, template in said.items():
        for text in (text for message in messages(template) for text in forms(message.id)):
            yield from (f"{folder}: {mark}: {text}" for mark in marks_of_source(text))


def _in_catalogue(
    folder: Path, language: str, catalogue: Catalog, template: Catalog
) -> Iterator[str]:
    place = f"{folder} {language}"
    if messages(catalogue) and (catalogue.num_plurals, catalogue.plural_expr) != PLURALS[language]:
        yield f"{place}: plurals: {catalogue.plural_forms}"
    asked = {forms(message.id) for message in messages(template)}
    told = {forms(message.id) for message in messages(catalogue)}
    gone = {forms(message.id) for message in catalogue.obsolete.values()}
    yield from (f"{place}: stray: {source[0]}" for source in sorted(asked - told))
    yield from (f"{place}: obsolete: {source[0]}" for source in sorted(told - asked | gone))
    for message in messages(catalogue):
        pair = Pair(language, forms(message.id), forms(message.string), message.fuzzy)
        yield from (f"{place}: {mark}: {pair.sources[0]}" for mark in marks_of(pair))


def _told_twice(kept: Mapping[tuple[Path, str], Catalog]) -> Iterator[str]:
    """The app pours all catalogues together: of two translations the last one loaded would win."""
    ways: defaultdict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    for (_, language), catalogue in kept.items():
        for message in messages(catalogue):
            ways[language, forms(message.id)[0]].add(forms(message.string))
    yield from (f"{lang}: told twice: {text}" for (lang, text), n in ways.items() if len(n) > 1)


def _of_nobody(root: Path, said: Mapping[Path, Catalog]) -> Iterator[str]:
    known = {root / catalogue_of(folder, language) for folder in said for language in PLURALS}
    for path in set(catalogues_in(root)) - known:
        yield f"{path.relative_to(root)}: obsolete: nobody says this"


def main(arguments: list[str]) -> None:
    """`python -m obshto.ops.i18n compile`: needs no configuration, loads no application."""
    if arguments != ["compile"]:
        sys.exit("Say compile; for the rest there is `obshto i18n`.")
    compile_all()


if __name__ == "__main__":
    main(sys.argv[1:])
