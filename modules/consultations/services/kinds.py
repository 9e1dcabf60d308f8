"""Kinds of consultations: by which rule the term is computed, what must be proven besides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

DOCUMENT, PICTURE = "document", "picture"
NEWSPAPER, BOARD = "newspaper", "board"
ROLES: Mapping[str, LazyString] = {
    DOCUMENT: _("Документ към проекта"),
    PICTURE: _("Снимка или скица"),
    NEWSPAPER: _("Покана във вестник"),
    BOARD: _("Покана на таблото в общината"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationKind:
    """`rule` and `short` are ids of `platform/legal`; `short` is empty where nothing shorter is
    allowed. `proofs` are roles of documents without which no outcome is published. `is_own` says
    that the term is the municipality's own (`settings.py`): we have read no law that gives one.
    `besides` says which term of the law runs apart from the consultation.
    """

    title: LazyString
    rule: str
    short: str = ""
    proofs: tuple[str, ...] = ()
    is_own: bool = False
    besides: LazyString | None = None


OWN = "consultation_own"
KINDS: Mapping[str, ConsultationKind] = {
    # ЗНА чл. 26, ал. 4
    "ordinance": ConsultationKind(
        title=_("Проект на наредба или правилник"),
        rule="zna_consultation",
        short="zna_consultation_short",
    ),
    "budget": ConsultationKind(title=_("Бюджет"), rule=OWN, is_own=True),
    # ЗОД чл. 14 и 15: in one newspaper and at a public place in the town hall
    "debt": ConsultationKind(
        title=_("Дългосрочен дълг"), rule="zod_debt", proofs=(NEWSPAPER, BOARD)
    ),
    "strategy": ConsultationKind(title=_("Стратегия или програма"), rule=OWN, is_own=True),
    "plan": ConsultationKind(
        title=_("Устройствен план"),
        rule=OWN,
        is_own=True,
        # `zut_plan` is how long the municipality takes to approve one, no term of opinions.
        besides=_(
            "Тук всеки казва мнение за плана. Който е засегнат по ЗУТ чл. 128, подава възражението"
            " си отделно, в срока от съобщението на общината."
        ),
    ),
    "investment": ConsultationKind(title=_("Инвестиционно намерение"), rule=OWN, is_own=True),
    "other": ConsultationKind(title=_("Друго"), rule=OWN, is_own=True),
}
