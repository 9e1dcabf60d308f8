"""Translations of a text: the same words again are nothing new, others follow what was seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from obshto.platform.editorial.html import render
from obshto.platform.editorial.kinds import UNWRITTEN, A, T, TextKind, V
from obshto.platform.editorial.models import Written
from obshto.platform.editorial.revisions import keep_version, sign
from obshto.platform.errors import Conflict
from obshto.platform.unit_of_work import UnitOfWork


def put_words(
    uow: UnitOfWork, kind: TextKind[Any, Any, Any], text: Written, words: Mapping[str, Any]
) -> None:
    """It reads so from now on, and whoever acts has changed it. Raises TextTooLong."""
    render(uow, kind, text, words["markdown"])
    for name in words.keys() - {"markdown"}:
        setattr(text, name, words[name])
    sign(uow, text)


def translate_text(
    uow: UnitOfWork,
    kind: TextKind[T, V, A],
    original: T,
    words: Mapping[str, Any],
    *,
    language: str,
    expected_version: int,
    new: Callable[[], T],
    late: type[Conflict],
) -> tuple[T, bool]:
    """The translation into a language, and whether something was written for it.

    What stood before becomes a version; where nothing stood, `new` makes the row.
    `expected_version` is the translation's, else UNWRITTEN; `late` takes `who` wrote another.
    Raises `late`, TextTooLong.
    """
    there = kind.translations(uow, [original], language).get(original.id)
    if there and all(getattr(there, name) == words[name] for name in words):
        return there, False
    if (there.version if there else UNWRITTEN) != expected_version:
        raise late(who=(there or original).changed_by)
    if there is None:
        return new(), True
    keep_version(uow, kind, there)
    put_words(uow, kind, there, words)
    return there, True
