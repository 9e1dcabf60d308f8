"""Domain events of projects. Names and keys are fixed: others react to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent
from obshto.platform.editorial.events import TextFact


class ProjectWritten(TextFact):
    """A draft was begun."""

    name: ClassVar[str] = "projects:project.written"
    label: ClassVar[LazyString] = lazy_gettext("Написана чернова на проект")


class ProjectEdited(TextFact):
    """A draft was changed."""

    name: ClassVar[str] = "projects:project.edited"
    label: ClassVar[LazyString] = lazy_gettext("Променена чернова на проект")


class ProjectChanged(TextFact):
    """A published project was changed: words, sums, stages or standing."""

    name: ClassVar[str] = "projects:project.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променен проект")
    is_public: ClassVar[bool] = True


class ProjectPublished(TextFact):
    name: ClassVar[str] = "projects:project.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикуван проект")
    is_public: ClassVar[bool] = True


class ProjectTranslated(TextFact):
    name: ClassVar[str] = "projects:project.translated"
    label: ClassVar[LazyString] = lazy_gettext("Преведен проект")
    is_public: ClassVar[bool] = True


class ProjectHidden(TextFact):
    name: ClassVar[str] = "projects:project.hidden"
    label: ClassVar[LazyString] = lazy_gettext("Скрит проект")
    is_public: ClassVar[bool] = True


class ProjectDeleted(TextFact):
    name: ClassVar[str] = "projects:project.deleted"
    label: ClassVar[LazyString] = lazy_gettext("Изтрит проект")
    is_public: ClassVar[bool] = True


class ProjectRestored(TextFact):
    name: ClassVar[str] = "projects:project.restored"
    label: ClassVar[LazyString] = lazy_gettext("Върнат проект")
    is_public: ClassVar[bool] = True


class ProjectReverted(TextFact):
    """An earlier text stands again."""

    name: ClassVar[str] = "projects:project.reverted"
    label: ClassVar[LazyString] = lazy_gettext("Върната по-ранна версия на проект")
    is_public: ClassVar[bool] = True


class ProjectConfirmed(TextFact):
    """Somebody asked and said: it is still as written."""

    name: ClassVar[str] = "projects:project.confirmed"
    label: ClassVar[LazyString] = lazy_gettext("Потвърдено, че проектът е верен")
    is_public: ClassVar[bool] = True


class ProjectFinished(TextFact):
    name: ClassVar[str] = "projects:project.finished"
    label: ClassVar[LazyString] = lazy_gettext("Завършен проект")
    is_public: ClassVar[bool] = True


class ProjectStopped(TextFact):
    name: ClassVar[str] = "projects:project.stopped"
    label: ClassVar[LazyString] = lazy_gettext("Спрян проект")
    is_public: ClassVar[bool] = True


class ProjectReopened(TextFact):
    name: ClassVar[str] = "projects:project.reopened"
    label: ClassVar[LazyString] = lazy_gettext("Продължен проект")
    is_public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class StageFact(TextFact):
    """`subject_id` and `title` are the project's."""

    stage: str


class StageReached(StageFact):
    name: ClassVar[str] = "projects:stage.reached"
    label: ClassVar[LazyString] = lazy_gettext("Готов етап на проект")
    is_public: ClassVar[bool] = True


class StageMoved(StageFact):
    """Another day is promised."""

    name: ClassVar[str] = "projects:stage.moved"
    label: ClassVar[LazyString] = lazy_gettext("Променен срок на етап")
    is_public: ClassVar[bool] = True


class StagePassed(StageFact):
    """The promised day is over and the stage was not reached."""

    name: ClassVar[str] = "projects:stage.passed"
    label: ClassVar[LazyString] = lazy_gettext("Минал срок на етап")


@dataclass(frozen=True, kw_only=True)
class NewsTold(TextFact):
    """`subject_id` and `title` are the project's."""

    news_id: UUID
    name: ClassVar[str] = "projects:news.told"
    label: ClassVar[LazyString] = lazy_gettext("Новина за проект")
    is_public: ClassVar[bool] = True


class FileAdded(TextFact):
    """`subject_id` is the project, `title` what the file is called there."""

    name: ClassVar[str] = "projects:file.added"
    label: ClassVar[LazyString] = lazy_gettext("Прикачен файл към проект")
    is_public: ClassVar[bool] = True


class FileDescribed(TextFact):
    name: ClassVar[str] = "projects:file.described"
    label: ClassVar[LazyString] = lazy_gettext("Променено описание на файл")
    is_public: ClassVar[bool] = True


class FileMoved(TextFact):
    name: ClassVar[str] = "projects:file.moved"
    label: ClassVar[LazyString] = lazy_gettext("Преместен файл")
    is_public: ClassVar[bool] = True


class FileRemoved(TextFact):
    name: ClassVar[str] = "projects:file.removed"
    label: ClassVar[LazyString] = lazy_gettext("Махнат файл от проект")
    is_public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ProgrammeSaved(DomainEvent):
    """A programme is there, or is called otherwise."""

    name: ClassVar[str] = "projects:programme.saved"
    label: ClassVar[LazyString] = lazy_gettext("Записана програма за финансиране")
    is_public: ClassVar[bool] = True

    subject_id: UUID
    title: str


@dataclass(frozen=True, kw_only=True)
class PaymentsImported(DomainEvent):
    """So many sums came from the accounts."""

    name: ClassVar[str] = "projects:payments.imported"
    label: ClassVar[LazyString] = lazy_gettext("Внесени платени суми")
    is_public: ClassVar[bool] = True

    payments: int


@dataclass(frozen=True, kw_only=True)
class BudgetImported(DomainEvent):
    """The budget of a year was brought, or brought anew."""

    name: ClassVar[str] = "projects:budget.imported"
    label: ClassVar[LazyString] = lazy_gettext("Внесен бюджет на общината")
    is_public: ClassVar[bool] = True

    year: int
    lines: int


@dataclass(frozen=True, kw_only=True)
class ProjectsStale(DomainEvent):
    """So many projects were not confirmed for a quarter."""

    name: ClassVar[str] = "projects:projects.stale"
    label: ClassVar[LazyString] = lazy_gettext("Напомняне за проекти без новини")

    projects: int


@dataclass(frozen=True, kw_only=True)
class QuestionFact(DomainEvent):
    """`subject_id` is the question; no word of it stands here."""

    subject_id: UUID


class ProjectQuestionSent(QuestionFact):
    name: ClassVar[str] = "projects:question.sent"
    label: ClassVar[LazyString] = lazy_gettext("Въпрос за проект")


class ProjectQuestionAnswered(QuestionFact):
    name: ClassVar[str] = "projects:question.answered"
    label: ClassVar[LazyString] = lazy_gettext("Отговорен въпрос за проект")
    is_public: ClassVar[bool] = True


class ProjectQuestionDeclined(QuestionFact):
    """It has an answer for who asked, and stands on no page."""

    name: ClassVar[str] = "projects:question.declined"
    label: ClassVar[LazyString] = lazy_gettext("Отговорен лично въпрос за проект")


# After one of these the search looks at the project anew.
SHOWN = (
    ProjectChanged,
    ProjectPublished,
    ProjectTranslated,
    ProjectHidden,
    ProjectDeleted,
    ProjectRestored,
    ProjectReverted,
    ProjectFinished,
    ProjectStopped,
    ProjectReopened,
)
EVENTS = (
    ProjectWritten,
    ProjectEdited,
    *SHOWN,
    ProjectConfirmed,
    StageReached,
    StageMoved,
    StagePassed,
    NewsTold,
    FileAdded,
    FileDescribed,
    FileMoved,
    FileRemoved,
    ProgrammeSaved,
    PaymentsImported,
    BudgetImported,
    ProjectsStale,
    ProjectQuestionSent,
    ProjectQuestionAnswered,
    ProjectQuestionDeclined,
)
