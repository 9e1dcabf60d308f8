"""The paper twin as a PDF: with marks in the corners, so that a scanner lays it straight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask_babel import gettext

from obshto.modules.polls.models import Option, Poll
from obshto.modules.polls.services.queries import Asked
from obshto.modules.polls.services.sheets import mark_of
from obshto.modules.polls.services.states import Kind
from obshto.platform.clock import day_of
from obshto.platform.content.pdf import pdf_of
from obshto.platform.content.qr import qr_picture
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day
from obshto.platform.workdays import is_workday
from obshto.tenants.api import ages

TEMPLATE = Path(__file__).parents[1] / "data" / "sheet.typ"
Values = dict[str, Any]


def sheet_as_pdf(
    uow: UnitOfWork, poll: Poll, asked: Sequence[Asked], *, address: str, language: str
) -> bytes:
    """The sheet in the language in force, as PDF/UA-1; `address` is the poll's own page."""
    return pdf_of(TEMPLATE, values_of(uow, poll, asked, address=address, language=language))


def values_of(
    uow: UnitOfWork, poll: Poll, asked: Sequence[Asked], *, address: str, language: str
) -> Values:
    """What the template reads."""
    today = day_of(uow.now)
    return {
        "title": poll.said("title", language)[0],
        "municipality": uow.scope.title,
        "lang": language,
        "at": [today.year, today.month, today.day],
        "intro": poll.said("intro", language)[0].splitlines(),
        "how": how_to_answer(poll),
        "number": gettext("Лист №"),
        "mark": gettext("знак %(mark)s", mark=mark_of(asked)),
        "by-phone": gettext("Може да отговорите и с телефона си:"),
        "url": address,
        "qr": qr_picture(address),
        "questions": [_question(one, language) for one in asked],
        "about": _about() if poll.asks_about else {},
    }


def how_to_answer(poll: Poll) -> str:
    """What stands above the questions of a sheet."""
    told: str = gettext(
        "Отбележете номера на Вашия отговор с кръгче. Не пишете името си. Донесете листа в общината"
        " най-късно на %(day)s.",
        day=day(bring_by(poll)),
    )
    return told


def bring_by(poll: Poll) -> date:
    """The last day on which a sheet is taken: the working day before the end, as what is not
    entered when the poll ends is not counted; the day of the end where it began no earlier.
    """
    last = day_of(poll.closes_at) - timedelta(days=1)
    while not is_workday(last):
        last -= timedelta(days=1)
    begins = day_of(poll.opens_at) if poll.opens_at else last
    return last if last >= begins else day_of(poll.closes_at)


def _question(one: Asked, language: str) -> Values:
    return {
        "title": one.question.said("title", language)[0],
        "note": " ".join(_notes(one, language)),
        "options": [_option(one, option, language) for option in one.options],
    }


def _option(one: Asked, option: Option, language: str) -> str:
    label, picture = option.said(language)[0], one.pictures.get(option.id)
    if picture is None:
        return label
    told: str = gettext("%(label)s (снимка: %(seen)s)", label=label, seen=picture.said(language)[0])
    return told


def told_when(one: Asked, language: str) -> str:
    """Of whom it is asked; empty where of everybody."""
    led = "; ".join(
        f"„{question.said('title', language)[0]}“ – "
        + " / ".join(f"„{option.said(language)[0]}“" for option in options)
        for question, options in one.after
    )
    return gettext("Само за хората, които отговориха: %(answers)s", answers=led) if led else ""


def _notes(one: Asked, language: str) -> Iterator[str]:
    if when := told_when(one, language):
        yield when
    if picture := one.pictures.get(None):
        yield gettext("Снимка: %(seen)s", seen=picture.said(language)[0])
    if correction := one.question.said("correction", language)[0]:
        yield gettext("Поправка: %(text)s", text=correction)
    if one.question.kind == Kind.SEVERAL:
        yield gettext("Може и няколко отговора")
    if one.question.kind == Kind.SCALE:
        yield gettext("1 е най-ниската оценка, 5 – най-високата")


def _about() -> Values:
    return {
        "title": gettext("За Вас, ако желаете"),
        "age": gettext("На колко години сте?"),
        "ages": list(ages().values()),
        "place": gettext("Къде живеете?"),
    }
