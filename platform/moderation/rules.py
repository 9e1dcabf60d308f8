"""Rules by which words of people are hidden, the same in every part that has a discussion."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

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
    OFF_TOPIC: lazy_gettext("Правило 5: по темата"),
}
RULE_WORDS: Mapping[str, LazyString] = {
    INSULT: lazy_gettext("Спорете с думите, не с човека."),
    THREAT: lazy_gettext("Заплаха и омраза към хора не остават тук. При опасност звънете на 112."),
    PERSONAL: lazy_gettext(
        "Имена, телефони, болести и адреси на други хора не се пишат."
        " Такова мнение скриваме веднага, щом някой ни каже."
    ),
    ADVERTISING: lazy_gettext("Реклама и връзки, с които се мами, не остават тук."),
    OFF_TOPIC: lazy_gettext("Другото има свое място в портала."),
}
