"""Columns that many data sets have, under the same names and titles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Date, Text, cast, func

from obshto.platform.datasets.declarations import Column, ColumnType

Words = Mapping[Any, LazyString | str]
ID = Column(name="id", title=_("Постоянен номер"))
NUMBER = Column(name="number", title=_("Номер"))
NAME = Column(name="name", title=_("Име"))
TITLE = Column(name="title", title=_("Заглавие"))
PLACE = Column(name="place", title=_("Населено място (ЕКАТТЕ)"), is_place=True)
ADDRESS = Column(name="address", title=_("Адрес"))
PHONE = Column(name="phone", title=_("Служебен телефон"))
WEBSITE = Column(name="website", title=_("Уебсайт"))
LATITUDE = Column(name="latitude", title=_("Географска ширина"), type=ColumnType.NUMBER)
LONGITUDE = Column(name="longitude", title=_("Географска дължина"), type=ColumnType.NUMBER)
MONTH = Column(name="month", title=_("Месец"))
YEAR = Column(name="year", title=_("Година"), type=ColumnType.INTEGER)
STARTED_ON = Column(name="started_on", title=_("Начало"), type=ColumnType.DATE)
SENT_ON = Column(name="sent_on", title=_("Подаване"), type=ColumnType.DATE)
DUE_ON = Column(name="due_on", title=_("Срок"), type=ColumnType.DATE)
ENDED_ON = Column(name="ended_on", title=_("Приключване"), type=ColumnType.DATE)
STARTS_AT = Column(name="starts_at", title=_("Начало"), type=ColumnType.DATETIME)
ENDS_AT = Column(name="ends_at", title=_("Край"), type=ColumnType.DATETIME)
POINT = (LATITUDE.name, LONGITUDE.name)


def kind(words: Words) -> Column:
    """What sort of thing it is, by its code."""
    return Column(
        name="kind", title=_("Вид"), words={str(code): text for code, text in words.items()}
    )


def state(words: Words) -> Column:
    """How far it is, by its code."""
    return Column(name="state", title=_("Състояние"), words=words)


def people(name: str, title: LazyString) -> Column:
    """A number of people, hidden where it is small."""
    return Column(name=name, title=title, type=ColumnType.INTEGER, counts_people=True)


def day_in_sofia(moment: Any) -> ColumnElement[Any]:
    """The day of a moment, as people here have it."""
    return cast(func.timezone("Europe/Sofia", moment), Date)


def month_in_sofia(moment: Any) -> ColumnElement[str]:
    """The month of a moment: 2026-11."""
    return func.to_char(func.timezone("Europe/Sofia", moment), "YYYY-MM")


def number_of_case(table: Any) -> ColumnElement[str]:
    """The entry number of a case: 2026-00412."""
    padded = func.lpad(cast(table.sequence, Text), 5, "0")
    return func.concat(table.year, "-", padded)
