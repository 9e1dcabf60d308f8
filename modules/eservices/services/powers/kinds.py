"""Words of powers of attorney: states, ways to end, whom they are for, purposes of a look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString, lazy_gettext

from obshto.platform.modularity.manifest import DataKind

WAITING, ASKED, ACCEPTED, REFUSED, ENDED = "waiting", "asked", "accepted", "refused", "ended"
STATES: Mapping[str, LazyString] = {
    WAITING: lazy_gettext("Чака проверка"),
    ASKED: lazy_gettext("Чака по-добро копие"),
    ACCEPTED: lazy_gettext("Проверено и прието"),
    REFUSED: lazy_gettext("Не е прието"),
    ENDED: lazy_gettext("Вече не важи"),
}
OPEN = (WAITING, ASKED)
BY_REPRESENTATIVE, BY_REPRESENTED, BY_STAFF, BY_TERM, BY_ERASURE = (
    *("representative", "represented", "staff", "term"),
    "erased",
)
ENDINGS: Mapping[str, LazyString] = {
    BY_REPRESENTATIVE: lazy_gettext("Прекрати го пълномощникът"),
    BY_REPRESENTED: lazy_gettext("Оттегли го този, който го е дал"),
    BY_STAFF: lazy_gettext("Общината записа, че е оттеглено"),
    BY_TERM: lazy_gettext("Срокът му изтече"),
    BY_ERASURE: lazy_gettext("Профилът на пълномощника е изтрит"),
}
WHO: Mapping[str, LazyString] = {
    "egn": lazy_gettext("Човек с ЕГН (единен граждански номер)"),
    "lnch": lazy_gettext("Чужденец с ЛНЧ (личен номер на чужденец)"),
    "eik": lazy_gettext("Фирма или организация с ЕИК (единен идентификационен код)"),
}
CHECK = "power-check"
PURPOSES: Mapping[str, LazyString] = {CHECK: lazy_gettext("Проверява или отменя пълномощно")}
KINDS = (DataKind.NAME, DataKind.CONTACT, DataKind.NUMBER, DataKind.FILES)
GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „в“ и „д“; АПК, чл. 18, ал. 2"


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerTerms:
    """A power of attorney as typed; no `services` are all, no `until` is no term.

    `answers` stand under the names of the questions of services: who represents (name, ЕГН), who is
    represented (name, kind of number, number), number and day of the paper, their e-mail.
    """

    answers: Mapping[str, str]
    services: tuple[str, ...] = ()
    until: date | None = None
