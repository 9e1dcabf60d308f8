"""Kinds of reports: their words, their emblem, which of them accuse somebody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext

from obshto.modules.reports.settings import TITLES


@dataclass(frozen=True, slots=True)
class Kind:
    """`is_violation`: not public before an official has verified it.

    Of those that are `unsorted` a clerk's look says what they are; all others are an inspector's.
    """

    title: LazyString
    hint: LazyString
    icon: str
    is_violation: bool = False
    is_unsorted: bool = False


KINDS: Mapping[str, Kind] = {
    "road": Kind(TITLES["road"], lazy_gettext("дупка, знак, лед"), "road"),
    "lamp": Kind(TITLES["lamp"], lazy_gettext("лампа не свети"), "lamp"),
    "water": Kind(TITLES["water"], lazy_gettext("теч, запушване"), "water"),
    "waste": Kind(TITLES["waste"], lazy_gettext("препълнен контейнер"), "waste"),
    "dog": Kind(TITLES["dog"], lazy_gettext("опасно или болно"), "dog"),
    "tree": Kind(TITLES["tree"], lazy_gettext("паднало, опасно"), "tree"),
    "parking": Kind(
        TITLES["parking"], lazy_gettext("пречи да се мине"), "parking", is_violation=True
    ),
    "building": Kind(TITLES["building"], lazy_gettext("руши се, строи се"), "building", True),
    "dumping": Kind(TITLES["dumping"], lazy_gettext("някой изхвърля"), "alert", True),
    "felling": Kind(TITLES["felling"], lazy_gettext("някой сече"), "tree", True),
    "noise": Kind(TITLES["noise"], lazy_gettext("нощем, от заведение"), "noise", True),
    "other": Kind(TITLES["other"], lazy_gettext("кажете с думи"), "help", True, True),
}
BODIES: Mapping[str, LazyString] = {
    "water": lazy_gettext("ВиК – Видин"),
    "power": lazy_gettext("електроразпределителното дружество"),
    "roads": lazy_gettext("Агенция „Пътна инфраструктура“"),
    "police": lazy_gettext("полицията"),
    "neighbour": lazy_gettext("съседната община"),
    "other": lazy_gettext("друга служба"),
}
VIOLATIONS = tuple(word for word, kind in KINDS.items() if kind.is_violation)
INSPECTED = tuple(word for word in VIOLATIONS if not KINDS[word].is_unsorted)
