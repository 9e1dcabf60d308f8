"""Divisions of the residents, by age and by settlement, as the census tells them apart."""

from __future__ import annotations

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from obshto.platform.disclosure.representation import Division, shares_of
from obshto.platform.web.language import SOURCE
from obshto.tenants.portal.territory import (
    POPULATION_DAY,
    population_of_settlements,
    residents_of,
    settlements_of,
)

# The groups of the census: https://www.nsi.bg
AGES: dict[str, LazyString] = {
    "0-14": _("до 14 години"),
    "15-29": _("от 15 до 29 години"),
    "30-44": _("от 30 до 44 години"),
    "45-64": _("от 45 до 64 години"),
    "65+": _("65 и повече години"),
}
CHILDREN = "0-14"  # seldom asked, so not missed
ELSEWHERE = "elsewhere"


def ages() -> dict[str, str]:
    """The age groups in the language in force."""
    return {code: str(name) for code, name in AGES.items()}


def place_names(slug: str, language: str) -> dict[str, str]:
    """Towns and villages by EKATTE code, and elsewhere. One read."""
    found = {
        place.ekatte: f"{place.kind} {place.names['bg']}"
        if language == SOURCE
        else place.names.get(language) or place.names["en"]
        for place in settlements_of(slug)
    }
    return {**found, ELSEWHERE: gettext("живея другаде")}


def divisions_of(slug: str, language: str) -> list[Division]:
    """By age and by settlement, each with the shares of the residents. Two reads."""
    census = residents_of(slug)
    grown = {c: n for c, n in census.by_age.items() if c != CHILDREN} if census else {}
    names, population = place_names(slug, language), population_of_settlements()
    by_age = Division(
        title=gettext("По възраст"),
        column="by_age",
        names=ages(),
        residents=shares_of(grown),
        day=census.day if census else None,
    )
    by_place = Division(
        title=gettext("По населено място"),
        column="by_place",
        names=names,
        residents=shares_of({code: population[code] for code in names if code in population}),
        day=POPULATION_DAY,
    )
    return [by_age, by_place]
