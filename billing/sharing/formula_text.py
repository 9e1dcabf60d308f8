"""The lines of the formula in words, in the language in force."""

from __future__ import annotations

from flask_babel import gettext

from obshto.billing.sharing.formula import BASE, MODULE, POPULATION, Item
from obshto.billing.sharing.members import titles_of
from obshto.billing.sharing.tariff_terms import METERS, Metered
from obshto.platform.web.formats import euro, number


def title_of(item: Item) -> str:
    """What is paid for."""
    if item.word == BASE:
        return str(gettext("Равен дял от общите разходи"))
    if item.word == POPULATION:
        return str(gettext("Дял според броя на жителите"))
    if item.word.startswith(MODULE):
        [title] = titles_of(frozenset({item.word.removeprefix(MODULE)}))
        return str(gettext("Модул „%(title)s“", title=title))
    return str(METERS[item.word].label)


def measure_of(item: Item) -> str:
    """The numbers that the line comes from."""
    if item.word == BASE:
        return str(gettext("1 от %(whole)s общини", whole=number(item.whole)))
    if item.word == POPULATION:
        told = {"number": number(item.number), "whole": number(item.whole)}
        return str(gettext("%(number)s от %(whole)s жители", **told))
    if item.word.startswith(MODULE):
        told = {"number": str(item.number), "whole": str(item.whole), "price": euro(item.price)}
        return str(gettext("%(number)s от %(whole)s дни по %(price)s на месец", **told))
    metered = METERS[item.word]
    paid = _metered(metered, item)
    told = {"used": _units(metered, item.number), "free": str(item.free)}
    free = gettext("използвани са %(used)s, първите %(free)s са безплатни", **told)
    return f"{paid}; {free}" if item.free else paid


def _metered(metered: Metered, item: Item) -> str:
    """What is paid: it and the price make the sum of the line."""
    paid = max(0, item.number - item.free * metered.per)
    told = {"used": _units(metered, paid), "price": euro(item.price)}
    if metered is Metered.SMS:
        return str(gettext("%(used)s бр. по %(price)s", **told))
    if metered is Metered.STORAGE:
        return str(gettext("%(used)s гигабайта по %(price)s", **told))
    return str(gettext("%(used)s ч. по %(price)s", **told))


def _units(metered: Metered, counted: int) -> str:
    return number(round(counted / metered.per, 2))
