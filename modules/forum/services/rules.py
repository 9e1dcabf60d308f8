"""Subjects of the forum, its rules in words, texts that staff have ready."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

from obshto.platform.moderation.rules import ADVERTISING, OFF_TOPIC
from obshto.platform.moderation.rules import RULE_WORDS as COMMON_WORDS

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
#: What the forum does beyond the rules that all parts have.
RULE_WORDS: Mapping[str, LazyString] = {
    **COMMON_WORDS,
    ADVERTISING: lazy_gettext("Мнение с връзка към друг сайт първо го преглежда служител."),
    OFF_TOPIC: lazy_gettext("За друго започнете нов разговор."),
}
READY_TEXTS = (
    lazy_gettext("Благодарим, че казахте. Проверяваме на място и ще пишем тук до една седмица."),
    lazy_gettext("Това решава друга институция. Изпратихме ѝ въпроса и ще пишем тук отговора."),
    lazy_gettext("Предвидено е в програмата за тази година. Ще пишем тук, когато започне."),
    lazy_gettext("Сега няма пари за това. Ще го предложим за следващия бюджет."),
)
