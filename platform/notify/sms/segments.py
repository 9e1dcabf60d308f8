"""How many parts of an SMS a text takes, and how it is cut to them (3GPP TS 23.038, 23.040)."""

from __future__ import annotations

from math import ceil
from typing import Final

# The letters of GSM 03.38; one outside of it makes the whole message UCS-2, as Cyrillic does.
GSM: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
DOUBLE: Final = frozenset("^{}\\[~]|€")  # of its second table: each takes the room of two
MORE: Final = "…"


def parts_of(text: str) -> int:
    """How many messages are paid for: 70 letters where one is Cyrillic, 67 of each when several.

    Letters beyond the first plane, as emoji, take the room of two.
    """
    if (GSM | DOUBLE).issuperset(text):
        length, single, several = len(text) + sum(letter in DOUBLE for letter in text), 160, 153
    else:
        length, single, several = len(text.encode("utf-16-le")) // 2, 70, 67
    return 1 if length <= single else ceil(length / several)


def fitted(before: str, middle: str, after: str, *, parts: int) -> str:
    """The three as one text of so many parts; the middle gives way, its last word whole.

    What surrounds it stays whole, and then it may be more.
    """
    text = f"{before}{middle}{after}"
    words = middle.split()
    while parts_of(text) > parts and words:
        words.pop()
        text = f"{before}{' '.join(words).rstrip(' ,;:–-')}{MORE}{after}"
    return text
