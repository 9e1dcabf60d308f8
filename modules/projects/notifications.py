"""Letters of projects: to who follows one, to who asked, to staff."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from obshto.modules.projects.events import (
    NewsTold,
    ProjectFinished,
    ProjectQuestionAnswered,
    ProjectQuestionDeclined,
    ProjectQuestionSent,
    ProjectsStale,
    ProjectStopped,
    StagePassed,
)
from obshto.modules.projects.models import Project, ProjectQuestion, Stage, StageNews
from obshto.modules.projects.permissions import ProjectsPermission
from obshto.modules.projects.services.follower_page import followed
from obshto.platform.followers.services import followers_of
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.notify.address import Address
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day

Fact = Mapping[str, Any]
Letter = tuple[str, str] | None


def followers(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Who asked for letters about it, while everybody may see it."""
    project = _project(uow, fact)
    shows = project is not None and project.shows_at(uow.now)
    return list(followers_of(uow, followed(project))) if project and shows else []


def asker(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The address that was left, else the account that asked, or nobody."""
    row = uow.session.get(ProjectQuestion, UUID(fact["subject_id"]))
    if row is None:
        return []
    if row.email:
        return [Address(None, "", row.email, row.language)]
    return [row.person_id] if row.person_id else []


def news(uow: UnitOfWork, fact: Fact) -> Letter:
    """What was told, of which stage, until when the rest is promised."""
    project, told = _project(uow, fact), uow.session.get(StageNews, UUID(fact["news_id"]))
    if project is None or told is None:
        return None
    stage = uow.session.get(Stage, told.stage_id) if told.stage_id else None
    return worded(
        gettext("Новина за проекта „%(title)s“", title=project.title),
        _standing(stage) if stage else "",
        told.text,
        gettext("Има и снимка.") if told.attachment_id else "",
        _page(uow, project),
    )


def _standing(stage: Stage) -> str:
    if stage.reached_on:
        when = _plain(day(stage.reached_on))
        return str(gettext("Готов етап: %(stage)s, на %(day)s", stage=stage.title, day=when))
    due = _plain(day(stage.due_on))
    return str(gettext("Етап: %(stage)s, обещан до %(day)s", stage=stage.title, day=due))


def passed(uow: UnitOfWork, fact: Fact) -> Letter:
    """That a promised day is over."""
    project = _project(uow, fact)
    if project is None:
        return None
    return worded(
        gettext("Мина срок по проекта „%(title)s“", title=project.title),
        gettext(
            "Етапът „%(stage)s“ трябваше вече да е готов, а никой не го е отбелязал.",
            stage=fact["stage"],
        ),
        _page(uow, project),
    )


def finished(uow: UnitOfWork, fact: Fact) -> Letter:
    """That it is done."""
    project = _project(uow, fact)
    if project is None:
        return None
    subject = gettext("Завършен е проектът „%(title)s“", title=project.title)
    return worded(subject, _page(uow, project))


def stopped(uow: UnitOfWork, fact: Fact) -> Letter:
    """That nothing more is done, and why."""
    project = _project(uow, fact)
    if project is None:
        return None
    return worded(
        gettext("Спрян е проектът „%(title)s“", title=project.title),
        gettext("Защо: %(reason)s", reason=project.reason),
        _page(uow, project),
    )


def stale(uow: UnitOfWork, fact: Fact) -> Letter:
    """How many projects nobody confirmed for a quarter."""
    return worded(
        gettext("Вярно ли е още? Проекти без новини – %(name)s", name=uow.scope.title),
        ngettext(
            "За %(num)s проект няма новини от три месеца.",
            "За %(num)s проекта няма новини от три месеца.",
            fact["projects"],
        ),
        gettext("Отбележете какво става или потвърдете с един бутон, че е вярно:")
        + f" {uow.scope.address}/console/projects/?list=stale",
        gettext("Гражданите виждат, че няма новини."),
    )


def sent(uow: UnitOfWork, fact: Fact) -> Letter:
    """That somebody asked; the words stay in the portal."""
    return worded(
        gettext("Въпрос за проект – %(name)s", name=uow.scope.title),
        gettext(
            "Прочетете и отговорете тук: %(address)s",
            address=f"{uow.scope.address}/console/projects/questions/",
        ),
    )


def answered(uow: UnitOfWork, fact: Fact) -> Letter:
    """The answer itself, and where the project stands."""
    row = uow.session.get(ProjectQuestion, UUID(fact["subject_id"]))
    project = uow.session.get(Project, row.project_id) if row else None
    if row is None or project is None:
        return None
    return worded(
        gettext("Отговор на въпроса Ви за проект"), project.title, row.answer, _page(uow, project)
    )


def _project(uow: UnitOfWork, fact: Fact) -> Project | None:
    return uow.session.get(Project, UUID(fact["subject_id"]))


def _page(uow: UnitOfWork, project: Project) -> str:
    return f"{uow.scope.address}{project.path}"


def _plain(text: str) -> str:
    return text.replace("\xa0", " ")


NOTIFICATIONS = (
    Notification(fact=NewsTold, title=_("Новина за проект"), to=followers, letter=news),
    Notification(fact=StagePassed, title=_("Мина срок на етап"), to=followers, letter=passed),
    Notification(
        fact=StagePassed,
        title=_("Мина срок на етап"),
        to=ProjectsPermission.FOLLOW,
        letter=passed,
    ),
    Notification(fact=ProjectFinished, title=_("Завършен проект"), to=followers, letter=finished),
    Notification(fact=ProjectStopped, title=_("Спрян проект"), to=followers, letter=stopped),
    Notification(
        fact=ProjectsStale,
        title=_("Проекти без новини"),
        to=ProjectsPermission.WATCH,
        letter=stale,
    ),
    Notification(
        fact=ProjectQuestionSent,
        title=_("Въпрос за проект"),
        to=ProjectsPermission.ANSWER,
        letter=sent,
    ),
    Notification(
        fact=ProjectQuestionAnswered, title=_("Отговор за проект"), to=asker, letter=answered
    ),
    Notification(
        fact=ProjectQuestionDeclined, title=_("Отговор за проект"), to=asker, letter=answered
    ),
)
