"""Subjects of the forum, its rules of participation, texts that staff have ready."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

SUBJECTS: Mapping[str, LazyString] = {
    "streets": lazy_gettext("Улици и пътища"),
    "water": lazy_gettext("Вода и чистота"),
    "transport": lazy_gettext("Автобуси"),
    "care": lazy_gettext("Здраве и грижа"),
    "culture": lazy_gettext("Култура, спорт, училище"),
    "safety": lazy_gettext("Ред и сигурност"),
    "service": lazy_gettext("Работа на общината"),
    "other": lazy_gettext("Друго"),
}
INSULT, THREAT, PERSONAL, ADVERTISING, OFF_TOPIC = (
    "insult",
    "threat",
    "personal",
    "advertising",
    "off-topic",
)
RULES: Mapping[str, LazyString] = {
    INSULT: lazy_gettext("Правило 1: без обиди"),
    THREAT: lazy_gettext("Правило 2: без заплахи и призиви към омраза"),
    PERSONAL: lazy_gettext("Правило 3: без чужди лични данни"),
    ADVERTISING: lazy_gettext("Правило 4: без реклама и измамни връзки"),
    OFF_TOPIC: lazy_gettext("Правило 5: по темата на разговора"),
}
RULE_WORDS: Mapping[str, LazyString] = {
    INSULT: lazy_gettext("Спорете с думите, не с човека."),
    THREAT: lazy_gettext("Заплаха и омраза към хора не остават тук. При опасност звънете на 112."),
    PERSONAL: lazy_gettext(
        "Имена, телефони, болести и адреси на други хора не се пишат."
        " Такова мнение скриваме веднага, щом някой ни каже."
    ),
    ADVERTISING: lazy_gettext("Мнение с връзка към друг сайт първо го преглежда служител."),
    OFF_TOPIC: lazy_gettext("За друго започнете нов разговор."),
}
READY_TEXTS = (
    lazy_gettext("Благодарим, че казахте. Проверяваме на място и ще пишем тук до една седмица."),
    lazy_gettext("Това решава друга институция. Изпратихме ѝ въпроса и ще пишем тук отговора."),
    lazy_gettext("Предвидено е в програмата за тази година. Ще пишем тук, когато започне."),
    lazy_gettext("Сега няма пари за това. Ще го предложим за следващия бюджет."),
)
