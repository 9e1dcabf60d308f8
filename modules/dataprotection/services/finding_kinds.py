"""Kinds of findings: what is unusual about a look, and what to ask about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

URGENT, MANY, NIGHT, COLLEAGUE, NAMESAKE = "urgent", "many", "night", "colleague", "namesake"
KNOWN, GONE, LEAVE, UNSAID = "known", "gone", "leave", "unsaid"


@dataclass(frozen=True, slots=True)
class FindingKind:
    """Its name, and what somebody must find out."""

    title: LazyString
    question: LazyString


KINDS: Mapping[str, FindingKind] = {
    URGENT: FindingKind(
        _("Спешен преглед с посочена причина"),
        _("Вярна ли е причината и имаше ли друг начин?"),
    ),
    MANY: FindingKind(
        _("Много прегледи за един час"),
        _("Какво наложи толкова прегледи наведнъж?"),
    ),
    NIGHT: FindingKind(
        _("Преглед през нощта"),
        _("Служителят ли е бил и каква работа е имал по това време?"),
    ),
    COLLEAGUE: FindingKind(
        _("Преглед на данни на колега"),
        _("По коя преписка е бил прегледът и защо не я е поел друг?"),
    ),
    NAMESAKE: FindingKind(
        _("Преглед на данни на човек със същата фамилия"),
        _("Роднина ли е човекът и защо преписката не е поета от друг?"),
    ),
    KNOWN: FindingKind(
        _("Преглед на данни на познат човек"),
        _("По коя преписка е бил прегледът и можеше ли да я поеме друг?"),
    ),
    GONE: FindingKind(
        _("Преглед от човек без роля в общината"),
        _("Напуснал ли е човекът и как е влязъл?"),
    ),
    LEAVE: FindingKind(
        _("Преглед по време на отпуск"),
        _("Служителят ли е влязъл и какво го наложи, или някой е ползвал профила му?"),
    ),
    UNSAID: FindingKind(
        _("Лични данни, отворени без въпрос защо"),
        _("Защо му е трябвала страницата? Кажете и на ИТ екипа: тя трябваше да попита."),
    ),
}
EXPLAINED, INCIDENT = "explained", "incident"
OUTCOMES: Mapping[str, LazyString] = {
    "": _("Чака обяснение"),
    EXPLAINED: _("Обяснено"),
    INCIDENT: _("Нарушение"),
}
COLOURS: Mapping[str, str] = {"": "yellow", EXPLAINED: "green", INCIDENT: "red"}
