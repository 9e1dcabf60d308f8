"""Processing of personal data, as each component declares it (Regulation (EU) 2016/679, art. 30).

One declaration feeds three things: what a person reads before giving data, the words of the
timeline of looks, the register of processing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask_babel import LazyString, lazy_gettext
from sqlalchemy import Select

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork


class DataKind(StrEnum):
    """Kinds of personal data, as a person reads them."""

    label: LazyString

    def __new__(cls, value: str, label: LazyString) -> DataKind:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    NAME = "name", lazy_gettext("име")
    CONTACT = "contact", lazy_gettext("имейл и телефон")
    NUMBER = "number", lazy_gettext("ЕГН (единен граждански номер)")
    ADDRESS = "address", lazy_gettext("адрес")
    WORDS = "words", lazy_gettext("написаното от Вас")
    ANSWERS = "answers", lazy_gettext("попълненото във формуляра")
    FILES = "files", lazy_gettext("прикачени файлове и снимки")
    MONEY = "money", lazy_gettext("задължения и плащания")
    PROPERTY = "property", lazy_gettext("имоти, превозни средства и кучета")
    CHOICES = "choices", lazy_gettext("какво сте избрали да получавате")
    ACTS = "acts", lazy_gettext("какво сте правили в портала")


@dataclass(frozen=True, slots=True)
class LookedAt:
    """The thing that was opened, as its person knows it: „Сигнал 2026-00014“, and its page.

    `about` are words in Bulgarian that it is called by, as they were written.
    """

    title: str
    path: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Processing:
    """One thing that a component does with data of people.

    `ground` names the law in Bulgarian, as it is cited. `looks` are the words for which staff open
    the data, each with its sentence; `describe` names what was opened, by id. `former` selects
    looks of a person that were recorded before `purposes`, until the job has copied them.
    """

    word: str  # below the slug: „report“
    title: LazyString
    purpose: LazyString  # continues „Трябват ни, за да …“
    ground: str
    kinds: tuple[DataKind, ...]
    recipients: LazyString
    kept: LazyString
    looks: Mapping[str, LazyString] = field(default_factory=dict)
    describe: Callable[[UnitOfWork, Collection[UUID]], Mapping[UUID, LookedAt]] | None = None
    former: Callable[[UUID], Select[Any]] | None = None
    is_of_staff: bool = False  # whose data it is work here: a colleague's look is no surprise
