"""Which signs a text may have: those that the letters of our documents can print."""

from __future__ import annotations

from unicodedata import category, normalize

from flask_babel import gettext

from obshto.platform.errors import InvalidValue

# Latin, Greek and Cyrillic letters with their accents, punctuation, currencies, simple marks.
PRINTED = (
    *((0x20, 0x7E), (0xA0, 0x24F), (0x2B9, 0x2BC), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x4FF)),
    *((0x1E00, 0x1EFF), (0x2010, 0x2040), (0x2070, 0x209C), (0x20A0, 0x20BF)),
    *((0x2100, 0x211E), (0x2122, 0x2122), (0x2153, 0x215F), (0x2190, 0x22FF)),
)
# Nobody sees format signs: they come along with what is copied. Nobody has given the others.
FORMAT, UNASSIGNED = "Cf", "Cn"


def checked_signs(typed: str) -> str:
    """The text as it is kept: in one spelling of its letters, without signs that nobody sees.

    A sign that no letter of our documents has would make the document impossible to print, so it
    is refused where it is typed. Raises InvalidValue.
    """
    plain = normalize("NFC", typed.replace("\r\n", "\n").replace("\t", " "))
    text = "".join(sign for sign in plain if category(sign) != FORMAT)
    unfit = next((sign for sign in text if not _is_printed(sign)), None)
    if unfit:
        if not unfit.isprintable():
            raise InvalidValue(
                gettext("Махнете невидимите знаци: напишете текста, вместо да го поставяте")
            )
        raise InvalidValue(
            gettext(
                "Махнете знака „%(sign)s“. Документите се печатат с български, латински и гръцки"
                " букви, цифри и препинателни знаци.",
                sign=unfit,
            )
        )
    return text


def _is_printed(sign: str) -> bool:
    if sign == "\n":
        return True
    is_known = any(first <= ord(sign) <= last for first, last in PRINTED)
    return is_known and category(sign) != UNASSIGNED
