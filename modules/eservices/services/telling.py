"""What each step of a case is called, and what the person is told of it."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

from obshto.modules.eservices.services.states import TRANSITIONS

TITLES: Mapping[str, LazyString] = {
    "sent": lazy_gettext("Подадено"),
    "taken": lazy_gettext("Поето"),
    "handed-over": lazy_gettext("Предадено на колега"),
    "noted": lazy_gettext("Бележка"),
    "asked": lazy_gettext("Искане на данни"),
    "answered": lazy_gettext("Получени данни"),
    "issued": lazy_gettext("Издаден документ"),
    "refused": lazy_gettext("Отказ"),
    "withdrawn": lazy_gettext("Оттеглено"),
    "closed": lazy_gettext("Прекратено"),
    "paid": lazy_gettext("Платена такса"),
    "unpaid": lazy_gettext("Плащането отпадна"),
    "lowered": lazy_gettext("Намалена такса"),
}
# What is told of steps that are no change of state; of those their transition tells.
TOLD: Mapping[str, LazyString] = {
    **{name: way.told for name, way in TRANSITIONS.items()},
    "paid": lazy_gettext("Таксата е платена."),
    "unpaid": lazy_gettext("Банката или касата върна плащането и таксата отново се дължи."),
    "lowered": lazy_gettext("Закъсняхме и законът намалява таксата."),
}
