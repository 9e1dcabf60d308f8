"""What a whole site has of pages, after the Italian model of municipal sites.

https://docs.italia.it/italia/designers-italia/design-comuni-docs/
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import exists, select

from obshto.modules.pages.models import Answer, Kind, Link, Page, Section
from obshto.modules.pages.services.queries import public
from obshto.platform.content.hints import hints_of
from obshto.platform.modularity.manifest import Criterion, Mend, Outcome
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

FRESH, PATIENCE = timedelta(days=365), timedelta(days=14)
MOST_HINTS = 2
CONSOLE = "/console/pages"


def shelves(uow: UnitOfWork) -> Outcome:
    """Something on each shelf."""
    there = {page.section for page in _pages(uow)}
    missing = [section for section in Section if section.value not in there]
    mends = tuple(Mend(str(section.label), f"{CONSOLE}/new") for section in missing)
    return Outcome(1 - len(missing) / len(Section), mends)


def kinds(uow: UnitOfWork) -> Outcome:
    """A page of each kind that has something of its own to say."""
    asked = [kind for kind in Kind if kind.details]
    there = {page.kind for page in _pages(uow)}
    missing = [kind for kind in asked if kind not in there]
    mends = tuple(Mend(str(kind.label), f"{CONSOLE}/new/{kind.value}") for kind in missing)
    return Outcome(1 - len(missing) / len(asked), mends)


def details(uow: UnitOfWork) -> Outcome:
    """The short answers that each kind asks for."""
    typed = [page for page in _pages(uow) if page.kind.details]
    asked = sum(len(page.kind.details) for page in typed)
    told = sum(bool(page.details.get(one.name)) for page in typed for one in page.kind.details)
    missing = [
        page for page in typed if any(not page.details.get(one.name) for one in page.kind.details)
    ]
    return Outcome(told / asked if asked else 0, _mends(missing))


def fresh(uow: UnitOfWork) -> Outcome:
    """Pages that somebody has looked over within a year."""
    return _share(_pages(uow), lambda page: uow.now - page.changed_at <= FRESH)


def plain(uow: UnitOfWork) -> Outcome:
    """Pages whose text gives few hints."""
    return _share(_pages(uow), lambda page: len(hints_of(page.markdown)) <= MOST_HINTS)


def languages(uow: UnitOfWork) -> Outcome:
    """Pages in every language of the municipality."""
    others = {language for language in uow.scope.languages if language != SOURCE}
    translated = select(Page.translation_of, Page.language).where(
        Page.translation_of.is_not(None), Page.deleted_at.is_(None)
    )
    there = {(page_id, language) for page_id, language in uow.session.execute(translated)}
    return _share(_pages(uow), lambda page: all((page.id, one) in there for one in others))


def links(uow: UnitOfWork) -> Outcome:
    """Pages without a link that leads nowhere."""
    broken = select(Link.page_id).where(Link.is_broken.is_(True))
    ids = set(uow.session.scalars(broken))
    return _share(_pages(uow), lambda page: page.id not in ids)


def answers(uow: UnitOfWork) -> Outcome:
    """Nothing that a reader found unclear waits for longer than two weeks."""
    waiting = exists().where(
        Answer.read_at.is_(None), Answer.given_on < (uow.now - PATIENCE).date()
    )
    if uow.session.scalar(select(waiting)):
        return Outcome(0, (Mend(gettext("Мнения на читателите"), f"{CONSOLE}/answers"),))
    return Outcome(1)


SELFCHECK = (
    Criterion(
        word="pages.details",
        title=_("Пълни отговори: цена, срок, телефон, адрес"),
        advice=_("Отворете страницата и попълнете празните полета под заглавието."),
        points=14,
        look=details,
    ),
    Criterion(
        word="pages.shelves",
        title=_("Поне една страница във всяка тема"),
        advice=_("Напишете страница по темите, в които няма нищо, или включете готово упътване."),
        points=10,
        look=shelves,
    ),
    Criterion(
        word="pages.kinds",
        title=_("Услуга, служба, документ, място и събитие"),
        advice=_("Напишете поне по една страница от видовете, които липсват."),
        points=8,
        look=kinds,
    ),
    Criterion(
        word="pages.fresh",
        title=_("Страници, прегледани през последната година"),
        advice=_("Отворете страницата, проверете дали е още вярна и я запазете с промяна."),
        points=8,
        look=fresh,
    ),
    Criterion(
        word="pages.plain",
        title=_("Ясен текст"),
        advice=_("Отворете страницата и вижте предложенията за по-ясен текст."),
        points=8,
        look=plain,
    ),
    Criterion(
        word="pages.languages",
        title=_("Страници на всички езици на портала"),
        advice=_("Преведете страницата или изключете езика, на който не пишете."),
        points=6,
        look=languages,
    ),
    Criterion(
        word="pages.links",
        title=_("Връзки, които водят някъде"),
        advice=_("Поправете или махнете връзките, които не работят."),
        points=4,
        look=links,
    ),
    Criterion(
        word="pages.answers",
        title=_("Прочетени мнения на читателите"),
        advice=_("Прочетете какво не е ясно на хората и поправете страниците."),
        points=4,
        look=answers,
    ),
)


def _pages(uow: UnitOfWork) -> Sequence[Page]:
    return uow.session.scalars(public(uow)).all()


def _share(pages: Sequence[Page], is_whole: Callable[[Page], bool]) -> Outcome:
    missing = [page for page in pages if not is_whole(page)]
    return Outcome(1 - len(missing) / len(pages) if pages else 0, _mends(missing))


def _mends(pages: Sequence[Page]) -> tuple[Mend, ...]:
    return tuple(Mend(page.title, f"{CONSOLE}/{page.id}") for page in pages)
