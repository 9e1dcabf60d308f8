"""Family names as Bulgarians bear them: a wife, a sister, a daughter has the same name in -а."""

from __future__ import annotations

# Feminine and masculine ends: Петрова is of the family of Петров, Черновска of Черновски.
_ENDS = (("ова", "ов"), ("ева", "ев"), ("ина", "ин"), ("ска", "ски"), ("шка", "шки"))


def share_family_name(one: str, other: str) -> bool:
    """Whether two full names end in names of one family; of a double name either half counts."""
    return bool(_family(one) & _family(other))


def _family(name: str) -> frozenset[str]:
    words = name.casefold().split()
    if len(words) < 2:  # a given name alone, a firm
        return frozenset()
    return frozenset(_masculine(half) for half in words[-1].split("-") if len(half) > 2)


def _masculine(word: str) -> str:
    for feminine, masculine in _ENDS:
        if word.endswith(feminine):
            return word.removesuffix(feminine) + masculine
    return word
