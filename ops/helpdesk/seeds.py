"""Demonstration questions: one that waits for the municipality, one that is closed."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy.dialects.postgresql import insert

from obshto.ops.helpdesk.models import Priority, State, Ticket
from obshto.ops.helpdesk.services import Question, answer, ask
from obshto.platform.db.base import new_id
from obshto.platform.unit_of_work import UnitOfWork, open_uow

TOLD = (
    (
        "Гербът излиза размазан",
        "Качихме герба, но на телефон се вижда размазан. Как да го сменим?",
        "/console/tenants/appearance/",
        "Трябва картинка поне 512 на 512 точки. Пратете я тук и ще я качим заедно.",
        15,
        False,
    ),
    (
        "Нов колега не получава покана",
        "Поканихме колега преди час, а писмото го няма.",
        "/console/tenants/people/",
        "Писмото беше в папката за нежелана поща. Пратихме го отново и колегата влезе.",
        20,
        True,
    ),
)


def seed(uow: UnitOfWork) -> None:
    """Made of their titles and the municipality, so seeding twice is harmless."""
    if uow.scope.is_practice:
        return
    for title, text, page, said, minutes, closes in TOLD:
        key = f"helpdesk/{uow.scope.slug}/{title}"
        question = Question(title=title, text=text, page=page, module="tenants")
        with open_uow(None, uow.principal) as region:
            ticket = ask(region, uow.scope.slug, question, request_id=_id(key))
            answer(
                region,
                ticket,
                text=said,
                minutes=minutes,
                closes=closes,
                request_id=_id(f"{key}/answer"),
            )


def _id(key: str) -> UUID:
    return uuid5(NAMESPACE_URL, key)


def plant(uow: UnitOfWork, mark: str) -> None:
    """A closed question with that number: whoever finds it elsewhere found a leak."""
    planted = {
        "id": new_id(),
        "request_id": _id(mark),
        "municipality": uow.scope.slug,
        "title": f"Контролно запитване {mark}",
        "author_name": uow.principal.name,
        "asked_at": uow.now,
        "changed_at": uow.now,
        "closed_at": uow.now,
        "state": State.CLOSED,
        "priority": Priority.LOW,
        "minutes": 0,
        "version": 1,
    }
    empty = dict.fromkeys(("page", "module", "browser", "assignee_name", "mark_words"), "")
    with open_uow(None, uow.principal) as region:
        row = insert(Ticket).values(**planted, **empty).on_conflict_do_nothing()
        region.session.execute(row)
