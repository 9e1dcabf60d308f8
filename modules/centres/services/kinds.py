"""Kinds of centres and of what is booked in them, and their words."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from flask_babel import LazyString, lazy_gettext

from obshto.platform.video.rooms import video_rooms

CENTRE, OFFICE = "centre", "office"
PART = "centres"
KINDS: Mapping[str, LazyString] = {
    CENTRE: lazy_gettext("Дигитален център"),
    OFFICE: lazy_gettext("Приемно време"),
}
COMPUTER, ROOM, HELPER, RECEPTION = "computer", "room", "helper", "reception"
RESOURCES: Mapping[str, LazyString] = {
    COMPUTER: lazy_gettext("Компютър"),
    ROOM: lazy_gettext("Тиха стая"),
    HELPER: lazy_gettext("Час с помощник"),
    RECEPTION: lazy_gettext("Приемен час"),
}
IN_PERSON, BY_PHONE, BY_VIDEO = "in-person", "phone", "video"
MANNERS: Mapping[str, LazyString] = {
    IN_PERSON: lazy_gettext("Ще дойда на място"),
    BY_PHONE: lazy_gettext("Обадете ми се в този час"),
    BY_VIDEO: lazy_gettext("Ще се видим по видео"),
}
# The same as staff read them; those above are the words of who books.
STAFF_MANNERS: Mapping[str, LazyString] = {
    IN_PERSON: lazy_gettext("на място"),
    BY_PHONE: lazy_gettext("по телефона"),
    BY_VIDEO: lazy_gettext("по видео"),
}
FEATURES: Mapping[str, LazyString] = {
    "step-free": lazy_gettext("Вход без стъпала или с рампа"),
    "lift": lazy_gettext("Асансьор"),
    "toilet": lazy_gettext("Тоалетна за хора с увреждания"),
    "parking": lazy_gettext("Паркинг"),
    "accessible-parking": lazy_gettext("Място за паркиране на хора с увреждания"),
    "wifi": lazy_gettext("Безплатен безжичен интернет"),
    "printer": lazy_gettext("Принтер и скенер"),
    "children": lazy_gettext("Кът за деца"),
}
LARGE_KEYBOARD = "large-keyboard"
EQUIPMENT: Mapping[str, LazyString] = {
    LARGE_KEYBOARD: lazy_gettext("Клавиатура с едри букви"),
    "screen-reader": lazy_gettext("Програма, която чете екрана на глас"),
    "magnifier": lazy_gettext("Голям екран или лупа"),
    "headphones": lazy_gettext("Слушалки"),
    "trackball": lazy_gettext("Мишка с топче или голям бутон"),
    "camera": lazy_gettext("Камера за видеоразговор"),
}
WORKS, BROKEN, WRITTEN_OFF = "works", "broken", "written-off"
ITEM_STATES: Mapping[str, LazyString] = {
    WORKS: lazy_gettext("Работи"),
    BROKEN: lazy_gettext("Не работи"),
    WRITTEN_OFF: lazy_gettext("Отписана"),
}
ITEM_COLOURS: Mapping[str, str] = {WORKS: "green", BROKEN: "red", WRITTEN_OFF: "grey"}
ITEM_KINDS: Mapping[str, LazyString] = {
    COMPUTER: lazy_gettext("Компютър"),
    "printer": lazy_gettext("Принтер или скенер"),
    "special": lazy_gettext("Специално оборудване"),
    "furniture": lazy_gettext("Мебели"),
    "other": lazy_gettext("Друго"),
}


def equipment_of(words: Collection[str]) -> Mapping[str, LazyString]:
    """What can be asked for where these words stand, in the order of all."""
    return {word: label for word, label in EQUIPMENT.items() if word in words}


def has_video() -> bool:
    """Whether there is a picture of ours to meet in."""
    return bool(video_rooms().address)


def manners_of(kind: str) -> Mapping[str, LazyString]:
    """Ways of meeting where there is a choice; by video where the installation has a server."""
    if kind != RECEPTION:
        return {}
    return {way: words for way, words in MANNERS.items() if way != BY_VIDEO or has_video()}
