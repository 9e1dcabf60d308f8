"""Style rules: officialese, the passive voice, abbreviations of a Bulgarian sentence.

The lists are our own work: pairs of a phrase of the office and what people say stand in
`data/simpler_words.csv`, where a phrase that ends in * has any ending.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

# Of acts that only an institution does: „се намира“ and „се вижда“ have nobody to be named.
ACTS: Final = (
    "издава|приема|приемат|разглежда|представя|изисква|прилага|прилагат|съобщава|обявява|определя"
    "|възлага|провежда|допуска|допускат|счита|установява|внася|внасят|връчва|прекратява|утвърждава"
    "|вписва|отразява|насрочва|одобрява|актуализира|удостоверява|събира|предвижда|съставя|взема"
    "|вземат|налага|уведомява|ремонтира|планира"
)
DONE: Final = (
    "издаден|приет|внесен|обявен|взет|определен|утвърден|подписан|одобрен|насрочен|извършен"
    "|осъществен|предоставен|представен|уведомен|възложен|проведен|разгледан|прекратен|заведен"
    "|констатиран|установен|изготвен|удължен|предвиден|планиран|съставен|наложен"
)
# What everybody says as it is written here.
KNOWN: Final = frozenset(
    ("ЕС", "ДДС", "САЩ", "ТВ", "НЕ", "ДА", "ИЛИ", "БЕЗ", "СЪС", "ОТ", "ДО", "ЗА")
)
EXPLAINED: Final = {
    "ЕГН": "единен граждански номер (ЕГН)",
    "ЛНЧ": "личен номер на чужденец (ЛНЧ)",
    "ЕИК": "единен идентификационен код (ЕИК)",
    "ЦАО": "Център за административно обслужване",
    "МДТ": "Местни данъци и такси",
    "ГРАО": "служба „Гражданско състояние“",
    "КЕП": "електронен подпис",
    "ССЕВ": "системата за сигурно връчване",
    "АПК": "Административнопроцесуален кодекс",
    "ЗМДТ": "Закон за местните данъци и такси",
    "ЗУТ": "Закон за устройство на територията",
    "ТБО": "такса за битови отпадъци",
    "МПС": "кола",
    "УПИ": "урегулиран поземлен имот (УПИ)",
    "НАП": "Националната агенция за приходите (НАП)",
    "НОИ": "Националният осигурителен институт (НОИ)",
    "РЗИ": "Регионалната здравна инспекция (РЗИ)",
}
_DATA = Path(__file__).parent / "data" / "simpler_words.csv"


def simpler_words() -> tuple[tuple[str, str], ...]:
    """Pairs of a phrase and what could stand there, or nothing where it depends."""
    with _DATA.open(encoding="utf-8", newline="") as rows:
        return tuple((row["phrase"], row["simpler"]) for row in csv.DictReader(rows))


# The longer phrase first: „не се допуска“ before „допуска се“.
_pairs = sorted(simpler_words(), key=lambda pair: len(pair[0]), reverse=True)
_each = (re.escape(phrase).replace(r"\*", r"\w*") for phrase, _simpler in _pairs)
_office = re.compile(rf"\b(?:{'|'.join(f'({phrase})' for phrase in _each)})\b", re.IGNORECASE)
_passive = re.compile(
    rf"\bсе\s+(?:{ACTS})т?\b|\b(?:{ACTS})т?\s+се\b"
    r"|\b(?:е|са|бе|беше|бяха|бъде|бъдат|бил[аои]?)\s+"
    rf"(?:{DONE})(?:а|о|и)?\b",
    re.IGNORECASE,
)
_abbreviation = re.compile(r"\b[А-Я]{2,4}\b")
_shouted = re.compile(r"\b[А-Я]{2,}(?:\s+[А-Я]{2,}\b)+|\b[А-Я]{5,}\b")


def officialese(sentence: str) -> Iterator[tuple[str, str]]:
    """Phrases of the office as they stand, each with what people say."""
    for found in _office.finditer(sentence):
        if found.lastindex:
            yield found[0], _pairs[found.lastindex - 1][1]


def passives(sentence: str) -> Iterator[str]:
    """Acts without who acts: „се издава“, „беше извършено“."""
    for found in _passive.finditer(sentence):
        yield found[0]


def unexplained(text: str) -> Iterator[tuple[str, str]]:
    """Abbreviations that the whole text says nowhere in words, each once."""
    plain = _shouted.sub(" ", text)
    for short in dict.fromkeys(_abbreviation.findall(plain)):
        if short in KNOWN or f"({short})" in text or re.search(rf"\b{short} (?:\(|– )", text):
            continue
        yield short, EXPLAINED.get(short, "")
