"""The words for orders, their steps and what came of them."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.ops.backup.steps import Step
from obshto.ops.backup_requests.models import WITHDRAWN, What

ORDERS: dict[What, LazyString] = {
    What.TAKE: _("Резервно копие сега"),
    What.RESTORE: _("Възстановяване настрани"),
    What.SWAP: _("Смяна с възстановеното копие"),
    What.UNDO: _("Връщане както беше преди смяната"),
    What.DISCARD: _("Махане на възстановеното копие"),
}
STEP_WORDS: dict[Step, LazyString] = {
    Step.TAKE: _("Копиране и проверка на файла"),
    Step.READ: _("Проверка на печата на файла"),
    Step.FILL: _("Пълнене на таблиците"),
    Step.ERASE: _("Повторно изтриване на хората, които са го поискали"),
    Step.COMPARE: _("Сравнение с общината сега"),
    Step.CHANGE: _("Смяна на местата"),
    Step.DROP: _("Махане на таблиците"),
}
DONE: dict[What, LazyString] = {
    What.TAKE: _("Копието е готово и файлът е прочетен докрай."),
    What.RESTORE: _("Копието стои настрани. Вижте какво се различава и решете."),
    What.SWAP: _("Общината вече е като в копието. Отворете портала и вижте."),
    What.UNDO: _("Общината е, както беше преди смяната."),
    What.DISCARD: _("Копието го няма. Общината не е променяна."),
}
# By the word of what the keeper met; nothing was changed in any of them.
TROUBLES: dict[str, LazyString] = {
    "refused": _("Не стана. Подробностите са отдолу."),
    "unknown": _("Стана грешка, която не очаквахме. Опитайте пак, после пишете на разработчиците."),
    "bad-file": _("Файлът на копието е повреден. Изберете друг момент и проверете диска."),
    "no-file": _("Файлът на копието вече не е на сървъра. Изберете друг момент."),
    "key-gone": _("Ключът за личните данни в това копие е унищожен. Изберете по-късен момент."),
    "too-new": _("Копието е от по-нова версия. Инсталирайте я и опитайте пак."),
    "no-room": _("На диска няма място. Освободете и опитайте пак."),
    "already-beside": _("Настрани вече чака друго копие. Решете първо за него."),
    "nothing-there": _("Копието вече не е там, където беше. Вижте как е сега."),
    "held": _("Някой държи таблиците, може би тече резервно копие. Опитайте пак след минута."),
    "erased-meanwhile": _("В същия миг някой беше изтрит по негово искане. Опитайте пак веднага."),
    WITHDRAWN: _("Поръчката е оттеглена, преди да започне."),
}
