"""Questions of an assessment of impact (Regulation (EU) 2016/679, art. 35(7) and (9), art. 36)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString, force_locale, gettext, lazy_gettext

from obshto.modules.dataprotection.services.activities import RegisterEntry
from obshto.platform.web.language import SOURCE

NEEDED, NOT = "needed", "not"
HIGH = "high"
NEEDS: Mapping[str, LazyString] = {
    NEEDED: lazy_gettext("Да, нужна е оценка"),
    NOT: lazy_gettext("Не, рискът за хората не е висок"),
}
TEXTS: Mapping[str, LazyString] = {
    "description": lazy_gettext("Как се обработват данните, стъпка по стъпка"),
    "necessity": lazy_gettext("Защо са нужни и защо по-малко данни не стигат"),
    "rights": lazy_gettext("Как хората научават и упражняват правата си"),
    "voices": lazy_gettext("Какво казаха хората или техни представители"),
}
OPTIONAL = ("voices",)
RISKS: Mapping[str, LazyString] = {
    "seen": lazy_gettext("Чужд човек вижда данните"),
    "changed": lazy_gettext("Данните се променят погрешно"),
    "lost": lazy_gettext("Данните изчезват"),
    "misused": lazy_gettext("Данните се ползват за друго"),
}
LEVELS: Mapping[str, LazyString] = {
    "low": lazy_gettext("нисък"),
    "middle": lazy_gettext("среден"),
    HIGH: lazy_gettext("висок"),
}
RISK_COLUMNS: Mapping[str, LazyString] = {
    "likelihood": lazy_gettext("Колко е вероятно"),
    "severity": lazy_gettext("Колко тежко е за хората"),
    "measures": lazy_gettext("Мерки"),
}


def first_answers(entry: RegisterEntry) -> dict[str, Any]:
    """What the declaration of the activity answers by itself, for the officer to complete."""
    with force_locale(SOURCE):
        description = gettext(
            "Чии данни: %(people)s. Кои данни: %(kinds)s. За какво: %(purpose)s."
            " Кой ги вижда: %(recipients)s. Пазим ги: %(kept)s.",
            people=entry.people,
            kinds=entry.kinds,
            purpose=entry.purpose,
            recipients=entry.recipients,
            kept=entry.kept,
        )
    return {
        "description": str(description),
        "necessity": entry.ground,
        "seen": {"measures": entry.protection},
    }


def missing_answers(need: str, why: str, answers: Mapping[str, Any]) -> list[str]:
    """What must be written before the assessment goes to be approved, as people read it."""
    missing = [] if need else [gettext("нужна ли е оценка")]
    missing += [] if why else [gettext("защо решихте така")]
    if need != NEEDED:
        return missing
    asked = (name for name in TEXTS if name not in OPTIONAL)
    missing += [f"„{TEXTS[name]}“" for name in asked if not answers.get(name)]
    missing += [f"„{label}“" for name, label in RISKS.items() if not _is_whole(answers.get(name))]
    if not answers.get("residual"):
        missing.append(gettext("какъв риск остава"))
    elif answers["residual"] == HIGH and not answers.get("consulted"):
        missing.append(gettext("консултацията с комисията, защото остава висок риск"))
    return missing


def _is_whole(risk: Mapping[str, str] | None) -> bool:
    return bool(risk) and all((risk or {}).get(name) for name in RISK_COLUMNS)
