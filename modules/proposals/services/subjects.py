"""Subjects of proposals, and of which of them the law allows no referendum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext


@dataclass(frozen=True, slots=True)
class ProposalSubject:
    """`is_excluded`: no local referendum on it (ЗПУГДВМС чл. 26, ал. 2); a proposal is allowed."""

    title: LazyString
    hint: LazyString
    is_excluded: bool = False


SUBJECTS: Mapping[str, ProposalSubject] = {
    "streets": ProposalSubject(
        lazy_gettext("Улици и пътища"), lazy_gettext("настилка, тротоар, лампи")
    ),
    "green": ProposalSubject(
        lazy_gettext("Паркове и площади"), lazy_gettext("пейки, дървета, площадка")
    ),
    "water": ProposalSubject(
        lazy_gettext("Вода и чистота"), lazy_gettext("чешма, контейнери, река")
    ),
    "transport": ProposalSubject(lazy_gettext("Автобуси"), lazy_gettext("разписание, спирка")),
    "care": ProposalSubject(lazy_gettext("Здраве и грижа"), lazy_gettext("лекар, патронаж, клуб")),
    "culture": ProposalSubject(
        lazy_gettext("Култура, спорт, училище"), lazy_gettext("читалище, игрище, празник")
    ),
    "service": ProposalSubject(
        lazy_gettext("Работа на общината"), lazy_gettext("работно време, услуги, сайт")
    ),
    "money": ProposalSubject(
        lazy_gettext("Бюджет, данъци и такси"),
        lazy_gettext("за какво се харчи, колко се плаща"),
        True,
    ),
    "other": ProposalSubject(lazy_gettext("Друго"), lazy_gettext("кажете с думи")),
}
