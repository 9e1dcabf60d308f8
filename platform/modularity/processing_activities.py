"""Processing of personal data, as each component declares it (Regulation (EU) 2016/679, art. 30).

One declaration feeds three things: what a person reads before giving data, the words of the
timeline of looks, the register of processing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
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


class RestrictionReach(StrEnum):
    """What a restriction of processing stops in a component, or why it stops nothing there.

    With `ACTS` staff are refused where they open a row to act. The others rest on Regulation (EU)
    2016/679, art. 18(1) (storage alone) and 18(2): legal claims, rights of others, public interest.
    """

    label: LazyString

    def __new__(cls, value: str, label: LazyString) -> RestrictionReach:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    ACTS = (
        "acts",
        lazy_gettext("Служителите не действат по подаденото дотогава, докато ограничението трае"),
    )
    STORED = (
        "stored",
        lazy_gettext("Пази се само изборът на човека и служителите не действат по него"),
    )
    STAFF = "staff", lazy_gettext("Тук са само данни на служители за работата им")
    PROOF = "proof", lazy_gettext("Това са доказателства, които пазят и правата на човека")
    OTHERS = "others", lazy_gettext("Пази правата на други хора, например на скрито мнение")
    LAW = "law", lazy_gettext("Законът определя срокове и действия в обществен интерес")
    LIFE = "life", lazy_gettext("Обаждането при бедствие пази живота на човека")


class RiskCriterion(StrEnum):
    """What makes a high risk for people likely (Regulation (EU) 2016/679, art. 35(1) and (4)).

    The first nine are the criteria of the Guidelines WP 248 rev. 01; `is_listed` are the eight
    operations of the list of the Bulgarian authority, where one is enough.
    """

    label: LazyString
    is_listed: bool

    def __new__(cls, value: str, label: LazyString, is_listed: bool = False) -> RiskCriterion:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.is_listed = is_listed
        return member

    SCORING = "scoring", lazy_gettext("хора се оценяват или класират")
    AUTOMATED = "automated", lazy_gettext("програма решава за човек с правна последица")
    MONITORING = "monitoring", lazy_gettext("хора се наблюдават системно")
    SENSITIVE = "sensitive", lazy_gettext("чувствителни данни: здраве, възгледи, дългове, дом")
    LARGE_SCALE = "large", lazy_gettext("данни на голяма част от жителите")
    MATCHING = "matching", lazy_gettext("данни от различни места се сравняват или обединяват")
    VULNERABLE = "vulnerable", lazy_gettext("хора в по-слаба позиция: деца, възрастни, служители")
    INNOVATIVE = "innovative", lazy_gettext("нова технология")
    BLOCKING = "blocking", lazy_gettext("без това човек не може да ползва право или услуга")
    BIOMETRIC = (
        "biometric",
        lazy_gettext("мащабно разпознаване на хора по лице, пръст или глас"),
        True,
    )
    GENETIC = "genetic", lazy_gettext("генетични данни за профилиране"), True
    LOCATION = "location", lazy_gettext("местоположение на хора за профилиране"), True
    UNINFORMED = (
        "uninformed",
        lazy_gettext("мащабно обработване, за което хората не могат да бъдат уведомени"),
        True,
    )
    ABROAD = "abroad", lazy_gettext("администраторът е извън Европейския съюз"), True
    UNTOLD = (
        "untold",
        lazy_gettext("редовно обработване, при което поправките не стигат до получателите"),
        True,
    )
    CHILDREN = "children", lazy_gettext("услуга в мрежата, предложена пряко на деца"), True
    MIGRATION = "migration", lazy_gettext("мащабно прехвърляне на данни в нова технология"), True


def needs_assessment(criteria: Collection[RiskCriterion]) -> bool:
    """Whether an assessment of impact is due: one listed operation, or two of the criteria."""
    return len(criteria) > 1 or any(one.is_listed for one in criteria)


@dataclass(frozen=True, slots=True)
class LookedAt:
    """The thing that was opened, as its person knows it: „Сигнал 2026-00014“, and its page.

    `about` are words in Bulgarian that it is called by, as they were written.
    """

    title: str
    path: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTerm:
    """A part of what is processed that a municipality keeps for another time, by which law."""

    what: str
    years: int
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Processing:
    """One thing that a component does with data of people.

    `ground` names the law in Bulgarian, as it is cited. `looks` are the words for which staff open
    the data, each with its sentence; `describe` names what was opened, by id. `former` selects
    looks of a person that were recorded before `purposes`, until the job has copied them.
    `own_terms` is what the municipality keeps for another time than `kept` says. `criteria` are
    those of a high risk, by which an assessment of impact is due.
    """

    word: str  # below the slug: „report“
    title: LazyString
    purpose: LazyString  # continues „Трябват ни, за да …“
    ground: str
    kinds: tuple[DataKind, ...]
    recipients: LazyString
    kept: LazyString
    own_terms: Callable[[UnitOfWork], Sequence[OwnTerm]] | None = None
    looks: Mapping[str, LazyString] = field(default_factory=dict)
    describe: Callable[[UnitOfWork, Collection[UUID]], Mapping[UUID, LookedAt]] | None = None
    former: Callable[[UUID], Select[Any]] | None = None
    criteria: tuple[RiskCriterion, ...] = ()
    is_of_staff: bool = False  # whose data it is work here: a colleague's look is no surprise
