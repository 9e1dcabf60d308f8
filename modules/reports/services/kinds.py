"""Kinds of reports: their words, their emblem, which of them accuse somebody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask_babel import LazyString, lazy_gettext

from obshto.modules.reports.models import OwnReportKind, RegionalReport, Report
from obshto.modules.reports.settings import TITLES
from obshto.platform.web.language import SOURCE, language_in_force


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


def kind_of(report: Report | RegionalReport) -> Kind:
    """As the municipality calls it; what the region knows of another one is the common kind."""
    own = report.own_kind if isinstance(report, Report) else None
    return own_kind(own) if own else KINDS[report.kind]


def own_kind(row: OwnReportKind) -> Kind:
    """A municipality's own kind: its name and emblem, the standing of its common kind.

    One of „other“ says what it is: nobody has to look first whether it accuses somebody.
    """
    common = KINDS[row.kind]
    title = LazyString(_name, dict(row.names))
    accuses = common.is_violation and not common.is_unsorted
    return replace(
        common,
        title=title,
        hint=common.title,
        icon=row.icon,
        is_violation=accuses,
        is_unsorted=False,
    )


def _name(names: Mapping[str, str]) -> str:
    return names.get(language_in_force()) or names[SOURCE]
