"""Words of the weekly letter: numbers and addresses, nothing of whoever asked for something.

The page of the console shows the same structure, so that it is what would be sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext, ngettext

from obshto.platform.modularity.manifest import Component
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day as written_day
from obshto.platform.web.language import SOURCE
from obshto.tenants.portal.desk import DeskDay, DeskLine, WaitingGroup, desk_of


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyText:
    """One letter: how many things wait, for which reasons, what falls due in the coming week."""

    number: int
    waiting: Sequence[WaitingGroup]
    week: Sequence[DeskDay]
    place: str

    @property
    def subject(self) -> str:
        if not self.number:
            return str(gettext("Тази седмица нищо не Ви чака – %(name)s", name=self.place))
        said = ngettext(
            "Тази седмица Ви чака %(num)s задача – %(name)s",
            "Тази седмица Ви чакат %(num)s задачи – %(name)s",
            self.number,
            name=self.place,
        )
        return str(said)


def weekly_text(uow: UnitOfWork, parts: Iterable[Component], place: str) -> WeeklyText:
    """What waits for who acts in `uow`, over the parts that are on."""
    desk = desk_of(uow, parts)
    return WeeklyText(
        number=sum(line.number for group in desk.waiting for line in group.lines),
        waiting=desk.waiting,
        week=desk.week,
        place=place,
    )


def plain_text(said: WeeklyText, *, today: date, address: str, language: str) -> str:
    """The body of the letter, with whole addresses of `address` in that language."""
    prefix = address if language == SOURCE else f"{address}/{language}"

    def linked(line: DeskLine) -> str:
        number = f": {line.number}" if line.number > 1 else ""
        return f"{line.text}{number}\n{line.href.replace(address, prefix, 1)}"

    blocks = [opening(said)]
    for group in said.waiting:
        blocks += [f"{group.title.upper()}:", *map(linked, group.lines)]
    for day in said.week:
        name = gettext("Днес") if day.day == today else written_day(day.day)
        blocks += [f"{name}:", *map(linked, day.lines)]
    page = url_for("tenants_console.weekly_letter.show").replace(address, prefix, 1)
    return "\n\n".join([*blocks, f"--\n{closing()}\n{page}\n"])


def opening(said: WeeklyText) -> str:
    """The first sentence."""
    if not said.number:
        return str(gettext("Нищо не чака решение, отговор или подпис от Вас."))
    return str(gettext("Всяка връзка води право при работата. Отваря се и от телефон."))


def closing() -> str:
    """Why it comes, and where it is stopped."""
    return str(gettext("Получавате това писмо веднъж седмично заради ролята си. Спирате го оттук:"))
