"""Subjects, lessons, needs: what one is helped with, what was shown, what the visitor must know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

PART = "assistants"
MORNING, AFTERNOON = "morning", "afternoon"
SUBJECTS: Mapping[str, LazyString] = {
    "phone": _("Телефонът: обаждания, букви, звук"),
    "video": _("Видео разговор с близки"),
    "photos": _("Снимки: гледане и пращане"),
    "bills": _("Сметки и плащания"),
    "services": _("Услуги на общината и държавата"),
    "health": _("Здраве: рецепти, часове при лекар"),
    "safety": _("Измами по телефона и в интернет"),
    "other": _("Друго"),
}


@dataclass(frozen=True, slots=True)
class Lesson:
    """Something that was shown: its title, and the one line left on paper."""

    subject: str
    title: LazyString
    line: LazyString


LESSONS: Mapping[str, Lesson] = {
    "call": Lesson("phone", _("Обаждане и вдигане"), _("Зелено: вдигате. Червено: затваряте.")),
    "letters": Lesson(
        "phone", _("По-едри букви и по-силен звук"), _("Звукът е на копчетата отстрани.")
    ),
    "charge": Lesson("phone", _("Зареждане"), _("Включете го вечер. Знакът с мълния свети.")),
    "video-answer": Lesson(
        "video",
        _("Приемане на видео разговор"),
        _("Натиснете зеленото копче с камера и гледайте в екрана."),
    ),
    "video-call": Lesson(
        "video",
        _("Започване на видео разговор"),
        _("Отворете името на близкия и натиснете камерата."),
    ),
    "photo-send": Lesson(
        "photos", _("Пращане на снимка"), _("Отворете снимката, „Споделяне“, изберете близкия.")
    ),
    "photo-see": Lesson("photos", _("Гледане на снимки"), _("Плъзгате с пръст наляво и надясно.")),
    "bill-read": Lesson(
        "bills", _("Четене на сметка"), _("Гледайте сумата и последния ден за плащане.")
    ),
    "bill-pay": Lesson(
        "bills",
        _("Плащане без чужда помощ"),
        _("Картата и кодът са само у Вас. На никого не ги казвайте."),
    ),
    "portal": Lesson(
        "services", _("Порталът на общината"), _("Търсите с една дума и питате по телефона.")
    ),
    "apply": Lesson("services", _("Подаване на заявление"), _("Номерът и кодът стоят на листа.")),
    "prescription": Lesson(
        "health", _("Електронна рецепта"), _("В аптеката казвате само ЕГН (единния си номер).")
    ),
    "fraud": Lesson(
        "safety",
        _("Разпознаване на измама"),
        _("Искат пари или код по телефона? Затворете и се обадете на 112."),
    ),
    "passwords": Lesson(
        "safety", _("Пазене на пароли"), _("Паролата не се казва и не се праща на никого.")
    ),
    "other": Lesson("other", _("Друго"), _("Каквото записахме заедно на листа.")),
}
NEEDS: Mapping[str, LazyString] = {
    "hearing": _("Чува трудно: говорете бавно и високо"),
    "sight": _("Вижда трудно: едри букви"),
    "walking": _("Ходи трудно: отваря бавно"),
    "dog": _("В двора има куче"),
    "no-internet": _("Няма интернет у дома"),
}
DAYS: Mapping[str, LazyString] = {
    "mon": _("в понеделник"),
    "tue": _("във вторник"),
    "wed": _("в сряда"),
    "thu": _("в четвъртък"),
    "fri": _("в петък"),
}
PARTS_OF_DAY: Mapping[str, LazyString] = {
    MORNING: _("преди обяд"),
    AFTERNOON: _("след обяд"),
}
TIMES: Mapping[str, LazyString] = {**DAYS, **PARTS_OF_DAY}
AT_HOME: Mapping[str, LazyString] = {
    "alone": _("Ще бъде само този човек"),
    "family": _("Ще има близък"),
    "helper": _("Ще има социален работник или съсед"),
}
LANGUAGES: Mapping[str, LazyString] = {
    "bg": _("български"),
    "ro": _("румънски"),
    "rom": _("ромски"),
    "en": _("английски"),
}
HALVES: Mapping[str, LazyString] = {
    "": _("Точен час"),
    MORNING: _("Преди обяд, редът решава обиколката"),
    AFTERNOON: _("След обяд, редът решава обиколката"),
}
# Said at the door, so easy to hear by phone and hard to mix up.
CODE_WORDS = (
    *("липа", "череша", "лалугер", "кошница", "камбана", "мелница", "люляк", "фенер"),
    *("пчела", "орех", "гълъб", "диня", "лодка", "стомна", "калина", "щъркел"),
    *("върба", "кестен", "ластовица", "черга", "слънчоглед", "хармоника", "тиква", "метличина"),
    *("гайда", "подкова", "ряпа", "синигер", "кафе", "лозница", "пергел", "зюмбюл"),
)
