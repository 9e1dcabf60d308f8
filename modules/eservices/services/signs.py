"""Which signs a text may have: those that the letters of our documents can print."""

from __future__ import annotations

import re
from unicodedata import category, normalize

from flask_babel import gettext

from obshto.modules.eservices.errors import Mend

# Latin, Greek and Cyrillic letters with their accents, punctuation, currencies, simple marks.
PRINTED = (
    *((0x20, 0x7E), (0xA0, 0x24F), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x4FF)),
    *((0x1E00, 0x1EFF), (0x2010, 0x2040), (0x2070, 0x209C), (0x20A0, 0x20BF)),
    *((0x2100, 0x211F), (0x2122, 0x2122), (0x2150, 0x215F), (0x2190, 0x22FF)),
)
_unfit = re.compile(
    "[^\n" + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in PRINTED) + "]"
)
FORMAT = "Cf"  # nobody sees these signs: they come along with what is copied


def checked_signs(typed: str) -> str:
    """The text as it is kept: in one spelling of its letters, without signs that nobody sees.

    A sign that no letter of our documents has would make the document impossible to print, so it
    is refused where it is typed. Raises Mend.
    """
    plain = normalize("NFC", typed.replace("\r\n", "\n").replace("\t", " "))
    text = "".join(sign for sign in plain if category(sign) != FORMAT)
    if unfit := _unfit.search(text):
        if not unfit[0].isprintable():
            raise Mend(gettext("Махнете невидимите знаци: напишете текста, вместо да го поставяте"))
        raise Mend(
            gettext(
                "Махнете знака „%(sign)s“. Документите се печатат с български, латински и гръцки"
                " букви, цифри и препинателни знаци.",
                sign=unfit[0],
            )
        )
    return text
