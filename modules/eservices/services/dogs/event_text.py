"""What the register of dogs says of each thing that happened, and of the state of a dog."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

from obshto.modules.eservices.models.dog import DogState
from obshto.platform.purposes.break_glass import BREAK_GLASS

REGISTER, VACCINATION, TRANSFER = "register", "vaccination", "transfer"
LOST, FOUND, DEATH, FEE = "lost", "found", "death", "fee"
BROUGHT, LOOKED = "brought", "looked"
ENTRIES: Mapping[str, LazyString] = {
    REGISTER: lazy_gettext("Вписано в регистъра"),
    VACCINATION: lazy_gettext("Ваксинация срещу бяс"),
    TRANSFER: lazy_gettext("Нов собственик"),
    LOST: lazy_gettext("Изгубено"),
    FOUND: lazy_gettext("Намерено"),
    DEATH: lazy_gettext("Смърт"),
    FEE: lazy_gettext("Освободено от такса"),
    BROUGHT: lazy_gettext("Намерено, общината писа на собственика"),
    LOOKED: lazy_gettext("Служител видя кой е собственикът"),
}
STATES: Mapping[str, LazyString] = {
    DogState.HERE: lazy_gettext("При собственика"),
    DogState.LOST: lazy_gettext("Изгубено"),
    DogState.DEAD: lazy_gettext("Умряло"),
    DogState.GONE: lazy_gettext("В друга община"),
}
EXEMPT: Mapping[str, LazyString] = {
    "disabled": lazy_gettext("Куче на лице с увреждане"),
    "service": lazy_gettext("Служебно куче на бюджетна организация"),
    "research": lazy_gettext("Използва се за опитни цели"),
    "redcross": lazy_gettext("Използва се от Българския червен кръст"),
    "neutered": lazy_gettext("Кастрирано куче"),
    "herding": lazy_gettext("Пази животни в регистриран обект"),
    "hunting": lazy_gettext("Ловно куче"),
}
STRAY, QUESTION, CHECK = "stray", "question", "control"
PURPOSES: Mapping[str, LazyString] = {
    STRAY: lazy_gettext("Кучето е намерено и търсим собственика"),
    QUESTION: lazy_gettext("Отговаря на въпрос на собственика"),
    CHECK: lazy_gettext("Проверка по закона"),
    **BREAK_GLASS,
}
