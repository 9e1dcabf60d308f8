"""Kinds of consultations: what each is called; as data what the law asks of it, and since when."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import Any

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
OWN = "consultation_own"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationKind:
    """`besides` says which term of the law runs apart from the consultation."""

    title: LazyString
    besides: LazyString | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLaw:
    """What holds for a kind from a day on, and by which article.

    `rule` and `short` are ids of `platform/legal`; `short` is empty where nothing shorter is
    allowed. `proofs` are roles of documents without which no outcome is published.
    """

    rule: str
    article: str
    in_force: date
    short: str = ""
    proofs: tuple[str, ...] = ()

    @property
    def is_own(self) -> bool:
        """The term is the municipality's own (`settings.py`): we have read no law that gives one"""
        return self.rule == OWN


KINDS: Mapping[str, ConsultationKind] = {
    "ordinance": ConsultationKind(title=_("Проект на наредба или правилник")),
    "budget": ConsultationKind(title=_("Бюджет")),
    "debt": ConsultationKind(title=_("Дългосрочен дълг")),
    "strategy": ConsultationKind(title=_("Стратегия или програма")),
    "plan": ConsultationKind(
        title=_("Устройствен план"),
        # `zut_plan` is how long the municipality takes to approve one, no term of opinions.
        besides=_(
            "Тук всеки казва мнение за плана. Който е засегнат по ЗУТ чл. 128, подава възражението"
            " си отделно, в срока от съобщението на общината."
        ),
    ),
    "investment": ConsultationKind(title=_("Инвестиционно намерение")),
    "other": ConsultationKind(title=_("Друго")),
}
# A changed law is one more row of the same id with a later day in `from`.
ROWS: list[dict[str, Any]] = sorted(
    json.loads((Path(__file__).parents[1] / "data" / "kinds.json").read_text("utf-8"))["rules"],
    key=itemgetter("from"),
)


def law_on(kind: str, day: date) -> KindLaw:
    """What holds for a kind on a day; before the first text that we know it is that one."""
    first, *later = [row for row in ROWS if row["id"] == kind]
    begun = [row for row in later if date.fromisoformat(row["from"]) <= day]
    row = begun[-1] if begun else first
    return KindLaw(
        rule=row["rule"],
        article=row.get("article", ""),
        in_force=date.fromisoformat(row["from"]),
        short=row.get("short", ""),
        proofs=tuple(row.get("proofs", ())),
    )
