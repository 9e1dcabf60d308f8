"""Topics that staff must know, by role, and for how long a record of each is valid.

Only some stand on a law; the months of all are this portal's own and say so on the page.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.modules.training.permissions import EVERYBODY
from obshto.platform.permissions import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What is to be known, by whom, for how many months once learned, by which law."""

    title: LazyString
    months: int
    roles: Collection[Role]
    ground: str = ""


COUNTER, REPORTS, PUBLISHING, PERSONAL = "counter", "reports", "publishing", "personal-data"
DISCUSSIONS, INCIDENTS = "discussions", "incidents"
PLATFORM, VIDEO = "platform", "video"
REQUESTS, PAYMENTS = "requests", "payments"
ASSESSMENTS, ADMINISTRATION = "assessments", "administration"
TOPICS: Mapping[str, Topic] = {
    PERSONAL: Topic(
        title=_("Защита на личните данни"),
        months=12,
        roles=EVERYBODY,
        ground="Регламент (ЕС) 2016/679, чл. 39, § 1, б. „б“",
    ),
    PLATFORM: Topic(
        title=_("Порталът: вход с телефон, роли, какво се записва"), months=24, roles=EVERYBODY
    ),
    COUNTER: Topic(
        title=_("Заявления на гише"), months=24, roles=(Role.REGISTRY_CLERK, Role.SECRETARY)
    ),
    REPORTS: Topic(
        title=_("Сигнали от граждани"), months=24, roles=(Role.REGISTRY_CLERK, Role.SECRETARY)
    ),
    PUBLISHING: Topic(title=_("Новини и съобщения"), months=24, roles=(Role.EDITOR,)),
    DISCUSSIONS: Topic(title=_("Обсъждания с граждани"), months=24, roles=(Role.SECRETARY,)),
    VIDEO: Topic(
        title=_("Видео: срещи, записи, надписи"), months=24, roles=(Role.SECRETARY, Role.EDITOR)
    ),
    INCIDENTS: Topic(
        title=_("Нарушения на личните данни: 72 часа"),
        months=12,
        roles=(Role.DATA_PROTECTION_OFFICER, Role.SECRETARY, Role.MAYOR),
    ),
    REQUESTS: Topic(
        title=_("Искания за лични данни: отговор в един месец"),
        months=12,
        roles=(Role.DATA_PROTECTION_OFFICER,),
        ground="Регламент (ЕС) 2016/679, чл. 38, § 2",
    ),
    ASSESSMENTS: Topic(
        title=_("Оценка на въздействието върху личните данни"),
        months=24,
        roles=(Role.DATA_PROTECTION_OFFICER,),
        ground="Регламент (ЕС) 2016/679, чл. 35; чл. 39, § 1, б. „в“",
    ),
    ADMINISTRATION: Topic(
        title=_("Управление на портала: хора, роли, модули"), months=24, roles=(Role.ADMIN,)
    ),
    PAYMENTS: Topic(
        title=_("Плащания, преводи и връщане на пари"), months=24, roles=(Role.FINANCE_OFFICER,)
    ),
}


def topics_of(roles: Collection[str]) -> list[str]:
    """Topics that somebody with these roles must know."""
    held = set(roles)
    return [word for word, topic in TOPICS.items() if held & set(topic.roles)]
