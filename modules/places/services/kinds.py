"""What kinds of places there are, what one may find there, as words for people and machines."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _


class Kind(StrEnum):
    """Where a place stands in the list."""

    OFFICE = "office"
    HEALTH = "health"
    PHARMACY = "pharmacy"
    SCHOOL = "school"
    SHOP = "shop"
    SERVICE = "service"
    CULTURE = "culture"
    LANDMARK = "landmark"
    OUTDOORS = "outdoors"
    BENCH = "bench"
    TOILETS = "toilets"


class Feature(StrEnum):
    """What is there for everybody, and for who moves or hears with difficulty."""

    STEP_FREE = "step-free"
    TOILET = "toilet"
    PARKING = "parking"
    HEARING_LOOP = "hearing-loop"
    WIFI = "wifi"
    COMPUTERS = "computers"


KINDS: dict[Kind, LazyString] = {
    Kind.OFFICE: _("Общинска служба"),
    Kind.HEALTH: _("Здраве"),
    Kind.PHARMACY: _("Аптека"),
    Kind.SCHOOL: _("Училище или детска градина"),
    Kind.SHOP: _("Магазин"),
    Kind.SERVICE: _("Поща, банка, друга услуга"),
    Kind.CULTURE: _("Култура и библиотека"),
    Kind.LANDMARK: _("Забележителност"),
    Kind.OUTDOORS: _("Площад, парк, спорт"),
    Kind.BENCH: _("Пейка на сянка"),
    Kind.TOILETS: _("Обществена тоалетна"),
}
FEATURES: dict[Feature, LazyString] = {
    Feature.STEP_FREE: _("Вход без стъпала"),
    Feature.TOILET: _("Тоалетна за хора с увреждания"),
    Feature.PARKING: _("Място за паркиране на хора с увреждания"),
    Feature.HEARING_LOOP: _("Усилване за хора със слухов апарат"),
    Feature.WIFI: _("Безплатен безжичен интернет"),
    Feature.COMPUTERS: _("Компютри за посетители"),
}

# Names of `ui/icon.html`.
ICONS: dict[Kind, str] = {
    Kind.OFFICE: "file-text",
    Kind.HEALTH: "doctor",
    Kind.PHARMACY: "pill",
    Kind.SCHOOL: "school",
    Kind.SHOP: "basket",
    Kind.SERVICE: "mail",
    Kind.CULTURE: "book",
    Kind.LANDMARK: "landmark",
    Kind.OUTDOORS: "trees",
    Kind.BENCH: "bench",
    Kind.TOILETS: "toilet",
}

# https://schema.org/Place and its descendants
SCHEMA: dict[Kind, str | list[str]] = {
    Kind.OFFICE: "GovernmentOffice",
    Kind.HEALTH: "MedicalBusiness",
    Kind.PHARMACY: "Pharmacy",
    Kind.SCHOOL: "School",
    Kind.SHOP: "Store",
    Kind.SERVICE: "LocalBusiness",
    Kind.CULTURE: "CivicStructure",
    Kind.LANDMARK: ["TouristAttraction", "LandmarksOrHistoricalBuildings"],
    Kind.OUTDOORS: "CivicStructure",
    Kind.BENCH: "CivicStructure",
    Kind.TOILETS: "PublicToilet",
}


def kind_named(word: str) -> Kind | None:
    """The kind of that word; None for a word that is none."""
    return next((kind for kind in Kind if kind == word), None)


def feature_named(word: str) -> Feature | None:
    """The feature of that word; None for a word that is none."""
    return next((feature for feature in Feature if feature == word), None)
