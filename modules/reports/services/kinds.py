"""Kinds of reports: their words, their emblem, which of them accuse somebody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext


@dataclass(frozen=True, slots=True)
class Kind:
    """`is_violation`: not public before an official has verified it."""

    title: LazyString
    hint: LazyString
    icon: str
    is_violation: bool = False


KINDS: Mapping[str, Kind] = {
    "road": Kind(lazy_gettext("Път или тротоар"), lazy_gettext("дупка, знак, лед"), "road"),
    "lamp": Kind(lazy_gettext("Осветление"), lazy_gettext("лампа не свети"), "lamp"),
    "water": Kind(lazy_gettext("Вода и канализация"), lazy_gettext("теч, запушване"), "water"),
    "waste": Kind(lazy_gettext("Боклук"), lazy_gettext("препълнен контейнер"), "waste"),
    "dog": Kind(lazy_gettext("Безстопанствено куче"), lazy_gettext("опасно или болно"), "dog"),
    "tree": Kind(lazy_gettext("Дърво"), lazy_gettext("паднало, опасно"), "tree"),
    "parking": Kind(
        lazy_gettext("Паркиране"), lazy_gettext("пречи да се мине"), "parking", is_violation=True
    ),
    "building": Kind(
        lazy_gettext("Опасна сграда"), lazy_gettext("руши се, строи се"), "building", True
    ),
    "dumping": Kind(
        lazy_gettext("Незаконно сметище"), lazy_gettext("някой изхвърля"), "alert", True
    ),
    "felling": Kind(lazy_gettext("Незаконна сеч"), lazy_gettext("някой сече"), "tree", True),
    "noise": Kind(lazy_gettext("Шум"), lazy_gettext("нощем, от заведение"), "noise", True),
    "other": Kind(lazy_gettext("Друго"), lazy_gettext("кажете с думи"), "help", True),
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
