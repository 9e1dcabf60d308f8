"""Texts of a design: placeholders are shown by the words of their question, stored by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

from obshto.modules.eservices.services.design.compiler import Design
from obshto.modules.eservices.services.fragments import composed
from obshto.platform.web.language import SOURCE

# What the house fills in, as a designer calls it.
HOUSE: Mapping[str, str] = {
    "municipality_name": "община",
    "entry_number": "входящ номер",
    "date": "дата на заявлението",
    "issued_on": "дата на документа",
    "official_name": "подписва",
    "clerk_name": "служител",
    "applicant_signature": "подпис на заявителя",
    "applicant_name": "име на заявителя",
    "applicant_id": "ЕГН или ЕИК на заявителя",
    "address_settlement": "населено място на заявителя",
    "address_street": "адрес на заявителя",
    "phone": "телефон на заявителя",
}
EXPLAINED: LazyString = lazy_gettext("Полетата стоят в скоби: {община}, {име на заявителя}")
_braces = re.compile(r"\{([^{}\n]{1,200})\}")


def words_by_names(design: Design) -> dict[str, str]:
    """What may stand between braces: each field by its name, in words that mean no other."""
    fields = {**composed(design)["fields"], **design["document"]["fields"]}
    told = {**{name: field["label"][SOURCE] for name, field in fields.items()}, **HOUSE}
    found: dict[str, str] = {}
    seen: set[str] = set()
    for name, words in told.items():
        if plain_words(words) not in seen:
            found[name] = shown_words(words)
        seen.add(plain_words(words))
    return found


def names_by_words(design: Design) -> dict[str, str]:
    """The other way round, whatever the case of the letters."""
    return {plain_words(words): name for name, words in words_by_names(design).items()}


def to_names(text: str, design: Design) -> list[str]:
    """The lines of a text as they are stored."""
    known = names_by_words(design)
    stored = _braces.sub(lambda m: "{" + known.get(plain_words(m[1]), m[1].strip()) + "}", text)
    return [line.strip() for line in stored.splitlines() if line.strip()]


def to_words(lines: list[str], design: Design) -> str:
    """The same as a designer reads them."""
    known = words_by_names(design)
    return _braces.sub(lambda m: "{" + known.get(m[1], m[1]) + "}", "\n".join(lines))


def shown_words(words: str) -> str:
    """As they stand between braces: without braces of their own, without the last sign."""
    return " ".join(words.replace("{", "").replace("}", "").split()).rstrip(" ?:.")


def plain_words(words: str) -> str:
    """The same whatever the case of the letters."""
    return shown_words(words).casefold()
