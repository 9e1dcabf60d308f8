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
    "served": lazy_gettext("Връчено искане"),
    "answered": lazy_gettext("Получени данни"),
    "issued": lazy_gettext("Издаден документ"),
    "refused": lazy_gettext("Отказ"),
    "withdrawn": lazy_gettext("Оттеглено"),
    "closed": lazy_gettext("Прекратено"),
    "proposed": lazy_gettext("Подготвено решение"),
    "prepared": lazy_gettext("Подготвено решение"),
    "approved": lazy_gettext("Одобрено решение"),
    "corrected": lazy_gettext("Поправен документ"),
    "correction-prepared": lazy_gettext("Подготвена поправка на документ"),
    "correction-returned": lazy_gettext("Върната поправка на документ"),
    "correction-taken-back": lazy_gettext("Взета обратно поправка на документ"),
    "taken-back": lazy_gettext("Взето обратно решение"),
    "reassigned": lazy_gettext("Пренасочено одобрение"),
    "returned": lazy_gettext("Върнато за преработване"),
    "extended": lazy_gettext("Удължен срок"),
    "handed": lazy_gettext("Връчен документ"),
    "posted": lazy_gettext("Изпратен документ"),
    "complained": lazy_gettext("Подадена жалба"),
    "complaint-answered": lazy_gettext("Отговор на жалбата"),
    "paid": lazy_gettext("Платена такса"),
    "unpaid": lazy_gettext("Плащането отпадна"),
    "lowered": lazy_gettext("Намалена такса"),
}
# What is told of steps that are no change of state; of those their transition tells.
TOLD: Mapping[str, LazyString] = {
    **{name: way.told for name, way in TRANSITIONS.items()},
    "served": lazy_gettext("Искането стигна до Вас. От този ден тече срокът за отговор."),
    "extended": lazy_gettext("Срокът е удължен."),
    "corrected": lazy_gettext(
        "Открихме грешка в документа и издадохме нов на негово място. Старият вече не важи."
    ),
    "handed": lazy_gettext("Получихте документа на гишето."),
    "posted": lazy_gettext("Изпратихме документа по пощата."),
    "complained": lazy_gettext("Подадохте жалба."),
    "complaint-answered": lazy_gettext("Общината отговори на жалбата Ви."),
    "paid": lazy_gettext("Таксата е платена."),
    "unpaid": lazy_gettext("Банката или касата върна плащането и таксата отново се дължи."),
    "lowered": lazy_gettext("Закъсняхме и законът намалява таксата."),
}
