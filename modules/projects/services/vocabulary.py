"""Words of projects: subjects, states, sources of money, moments of a picture."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _


class ProjectSubject(StrEnum):
    """What a project is about."""

    ROADS = "roads"
    WATER = "water"
    SCHOOLS = "schools"
    HEALTH = "health"
    CULTURE = "culture"
    PARKS = "parks"
    ENERGY = "energy"
    WASTE = "waste"
    OTHER = "other"


class ProjectState(StrEnum):
    """Where a project is. It follows from its days and the clock, nobody sets it."""

    PLANNED = "planned"
    UNDER_WAY = "under-way"
    LATE = "late"
    DONE = "done"
    STOPPED = "stopped"


class FundingSource(StrEnum):
    """Whose money a programme is."""

    EUROPEAN = "european"
    STATE = "state"
    OWN = "own"
    OTHER = "other"


class PictureMoment(StrEnum):
    """When a picture was taken."""

    NONE = ""
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


SUBJECTS: dict[str, LazyString] = {
    ProjectSubject.ROADS: _("Улици и пътища"),
    ProjectSubject.WATER: _("Вода и канали"),
    ProjectSubject.SCHOOLS: _("Училища и детски градини"),
    ProjectSubject.HEALTH: _("Здраве и грижи"),
    ProjectSubject.CULTURE: _("Култура и спорт"),
    ProjectSubject.PARKS: _("Паркове и площади"),
    ProjectSubject.ENERGY: _("Сгради и осветление"),
    ProjectSubject.WASTE: _("Чистота и отпадъци"),
    ProjectSubject.OTHER: _("Друго"),
}
STATES: dict[str, LazyString] = {
    ProjectState.PLANNED: _("Предстои"),
    ProjectState.UNDER_WAY: _("Изпълнява се"),
    ProjectState.LATE: _("Закъснява"),
    ProjectState.DONE: _("Завършен"),
    ProjectState.STOPPED: _("Прекъснат"),
}
COLOURS = {
    ProjectState.PLANNED: "grey",
    ProjectState.UNDER_WAY: "blue",
    ProjectState.LATE: "red",
    ProjectState.DONE: "green",
    ProjectState.STOPPED: "yellow",
}
SOURCES: dict[str, LazyString] = {
    FundingSource.EUROPEAN: _("Европейски средства"),
    FundingSource.STATE: _("Държавата"),
    FundingSource.OWN: _("Собствени средства"),
    FundingSource.OTHER: _("Други"),
}
MOMENTS: dict[str, LazyString] = {
    PictureMoment.NONE: _("Без значение"),
    PictureMoment.BEFORE: _("Преди"),
    PictureMoment.DURING: _("По време на работата"),
    PictureMoment.AFTER: _("След"),
}
