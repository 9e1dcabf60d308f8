"""Write projects and change them; every text that stood before is kept.

Each act says how the project shall be, and which version its author saw. Where it is so already,
nothing is done: that was the same form, sent twice. Else it must be as it was seen.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.projects.errors import ChangedWhileWriting, NumberTaken, ProjectEndsBeforeStart
from obshto.modules.projects.events import (
    ProjectChanged,
    ProjectEdited,
    ProjectTranslated,
    ProjectWritten,
)
from obshto.modules.projects.models import Project
from obshto.modules.projects.services.amounts import EUR, Amount
from obshto.modules.projects.services.kind import KIND
from obshto.modules.projects.services.queries import translations
from obshto.modules.projects.services.vocabulary import ProjectSubject
from obshto.platform.db.base import new_id
from obshto.platform.editorial.html import render
from obshto.platform.editorial.kinds import UNWRITTEN
from obshto.platform.editorial.revisions import keep_version, sign
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectText:
    """Words of a project, which are translated. `summary` is its purpose."""

    title: str
    summary: str = ""
    markdown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectDetails:
    """Where, when, by whom. The sums of the contract stand apart."""

    number: str = ""
    subject: str = ProjectSubject.OTHER
    ekatte: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    contractor: str = ""
    contract_number: str = ""
    contract_on: date | None = None
    contract_url: str = ""
    contract_ocid: str = ""
    consultation_id: UUID | None = None
    contract: Amount | None = None


NAMES = tuple(field.name for field in fields(ProjectDetails) if field.name != "contract")


def contract_of(project: Project) -> Amount | None:
    """The sum of the contract as it was agreed."""
    given = project.contract_given
    return None if given is None else Amount(given, project.contract_currency)


def text_of(project: Project) -> ProjectText:
    """Words of a project as they stand."""
    return ProjectText(title=project.title, summary=project.summary, markdown=project.markdown)


def details_of(project: Project) -> ProjectDetails:
    """Details of a project as they are stored."""
    told: dict[str, Any] = {name: getattr(project, name) for name in NAMES}
    return ProjectDetails(**told, contract=contract_of(project))


def write_project(
    uow: UnitOfWork, text: ProjectText, details: ProjectDetails, *, request_id: UUID
) -> Project:
    """A new draft. The same `request_id` again answers the first one.

    Raises ProjectEndsBeforeStart, NumberTaken, TextTooLong.
    """
    _check(details)
    again = select(Project).where(Project.request_id == request_id)
    try:
        with uow.session.begin_nested():
            project = _new(uow, text, details, request_id=request_id, language=SOURCE)
    except IntegrityError:  # a second click, or another project has the number
        first = uow.session.scalar(again)
        if first is None:
            raise NumberTaken from None
        return first
    uow.emit(ProjectWritten(subject_id=project.id, title=project.title))
    return project


def edit_project(
    uow: UnitOfWork,
    project: Project,
    text: ProjectText,
    details: ProjectDetails,
    *,
    expected_version: int,
) -> None:
    """Save it; the old words become a version.

    Raises ChangedWhileWriting, ProjectEndsBeforeStart, NumberTaken, TextTooLong.
    """
    if text_of(project) == text and details_of(project) == details:
        return
    expect_version(project, expected_version, ChangedWhileWriting, who=project.changed_by)
    _check(details)
    try:
        with uow.session.begin_nested():
            if text_of(project) != text:
                keep_version(uow, KIND, project)
                _put_text(uow, project, text)
            _put_details(project, details)
            sign(uow, project)
            uow.session.flush()
    except IntegrityError:  # another project has the number
        raise NumberTaken from None
    tell_change(uow, project)


def translate_project(
    uow: UnitOfWork,
    project: Project,
    text: ProjectText,
    *,
    language: str,
    expected_version: int,
) -> Project:
    """Its words in another language; `expected_version` is the translation's, else UNWRITTEN.

    Raises ChangedWhileWriting, TextTooLong.
    """
    translated = translations(uow, [project], language).get(project.id)
    if translated and text_of(translated) == text:
        return translated
    if (translated.version if translated else UNWRITTEN) != expected_version:
        raise ChangedWhileWriting(who=(translated or project).changed_by)
    if translated:
        keep_version(uow, KIND, translated)
        _put_text(uow, translated, text)
        sign(uow, translated)
    else:
        translated = _new(
            uow,
            text,
            ProjectDetails(),
            request_id=new_id(),
            language=language,
            translation_of=project.id,
        )
    uow.emit(ProjectTranslated(subject_id=project.id, title=project.title))
    return translated


def tell_change(uow: UnitOfWork, project: Project) -> None:
    """Emit that its row changed: to everybody once it is published."""
    fact = ProjectChanged if project.is_published else ProjectEdited
    uow.emit(fact(subject_id=project.id, title=project.title))


def _check(details: ProjectDetails) -> None:
    if details.starts_on and details.ends_on and details.ends_on < details.starts_on:
        raise ProjectEndsBeforeStart


def _put_details(project: Project, details: ProjectDetails) -> None:
    for name in NAMES:
        setattr(project, name, getattr(details, name))
    if project.promised_on is None or not project.is_published:
        project.promised_on = details.ends_on
    contract = details.contract
    project.contract_given = contract.given if contract else None
    project.contract_currency = contract.currency if contract else EUR
    project.contract_cents = contract.cents if contract else None


def _new(
    uow: UnitOfWork,
    text: ProjectText,
    details: ProjectDetails,
    *,
    request_id: UUID,
    language: str,
    translation_of: UUID | None = None,
) -> Project:
    project = Project(
        id=new_id(),
        request_id=request_id,
        language=language,
        translation_of=translation_of,
        written_at=uow.now,
        author_id=uow.principal.person_id,
    )
    _put_text(uow, project, text)
    _put_details(project, details)
    sign(uow, project)
    uow.session.add(project)
    uow.session.flush()
    return project


def _put_text(uow: UnitOfWork, project: Project, text: ProjectText) -> None:
    render(uow, KIND, project, text.markdown)
    project.title, project.summary = text.title, text.summary
