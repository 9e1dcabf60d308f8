"""Demonstration projects of the Vidin region: invented, in each municipality's own villages."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from obshto.modules.projects.models import Programme, Project, ProjectPayment, Stage, StageNews
from obshto.modules.projects.services import publication
from obshto.modules.projects.services.amounts import BGN, EUR, EURO_DAY, Amount
from obshto.modules.projects.services.budget import (
    BUDGET_COLUMNS,
    BudgetHead,
    budget_of,
    take_budget,
)
from obshto.modules.projects.services.edits import (
    ProjectDetails,
    ProjectText,
    edit_project,
    translate_project,
    write_project,
)
from obshto.modules.projects.services.kind import KIND
from obshto.modules.projects.services.money import Funding, add_programme, set_funding
from obshto.modules.projects.services.queries import stages_of
from obshto.modules.projects.services.questions import (
    ProjectQuestionWords,
    answer_question,
    ask_question,
)
from obshto.modules.projects.services.stages import add_stage
from obshto.modules.projects.services.vocabulary import PictureMoment
from obshto.platform.clock import day_of
from obshto.platform.editorial.attachments import add_file
from obshto.platform.editorial.kinds import UNWRITTEN
from obshto.platform.modularity.consultation_results import ConsultationResults
from obshto.platform.modularity.ports import port_here
from obshto.platform.storage.sheets import Cell
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import settlements_here

DATA = Path(__file__).parent / "data"
INVENTED = "Пример за демонстрацията: сумите са измислени."
EXAMPLE = "Пример за демонстрацията: проектът и сумите са измислени."


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their keys, so seeding twice is harmless."""
    told = _all()
    programmes = {
        key: add_programme(uow, **words, request_id=_key(uow, key))
        for key, words in told["programmes"].items()
    }
    _budgets(uow)
    codes = list(settlements_here(uow))
    for one in told["projects"]:
        place = codes[one["place"] % len(codes)] if codes and "place" in one else ""
        details = _details(uow, one, place)
        first = replace(_text(one), summary=one.get("earlier", one["bg"][1]))
        project = write_project(uow, first, details, request_id=_key(uow, one["key"]))
        uow.session.flush()
        if project.version == 1 and not project.is_published and not _stages(uow, project):
            edit_project(uow, project, _text(one), details, expected_version=project.version)
            _tell(uow, project, one, programmes)


def _budgets(uow: UnitOfWork) -> None:
    """Last year's and this one's; a year that is there stays as it is."""
    this = day_of(uow.now).year
    for years_ago, lines in enumerate(_all()["budgets"]):
        year = this - years_ago
        if budget_of(uow, year):
            continue
        rows = [
            (number, {name: Cell(text) for name, text in zip(BUDGET_COLUMNS, line, strict=True)})
            for number, line in enumerate(lines, 2)
        ]
        as_of = _day(uow, -30) if years_ago == 0 else date(year, 12, 31)
        head = BudgetHead(
            year=year, currency=EUR if year >= EURO_DAY.year else BGN, as_of=as_of, note=INVENTED
        )
        take_budget(uow, head, rows, expected_version=0)


def plant(uow: UnitOfWork, mark: str) -> None:
    """A draft with that number, which is never published: whoever finds it found a leak."""
    text = ProjectText(title=f"Контролна чернова {mark}", summary="Не я публикувайте.")
    write_project(uow, text, ProjectDetails(), request_id=uuid5(NAMESPACE_URL, mark))


def _tell(
    uow: UnitOfWork, project: Project, told: dict[str, Any], programmes: dict[str, Programme]
) -> None:
    for number, stage in enumerate(told["stages"]):
        _stage(uow, project, stage, uuid5(project.id, str(number)))
    if told.get("draft"):
        return
    for language in ("en", "ro"):
        title, summary = told[language]
        text = ProjectText(title=title, summary=summary)
        translate_project(uow, project, text, language=language, expected_version=UNWRITTEN)
    _fund(uow, project, told, programmes)
    if picture := told.get("before"):
        _picture(uow, project, [*picture, PictureMoment.BEFORE.value])
    publication.publish_project(uow, project, expected_version=project.version)
    uow.session.flush()
    _question(uow, project, told)
    _settle(uow, project, told)


def _fund(
    uow: UnitOfWork, project: Project, told: dict[str, Any], programmes: dict[str, Programme]
) -> None:
    given, currency = told["total"]
    shares = tuple(
        (programmes[key].id, Amount(part, currency)) for key, part in told["shares"].items()
    )
    funding = Funding(total=Amount(given, currency), shares=shares, note=told.get("note", ""))
    set_funding(uow, project, funding, expected_version=project.version)
    for key, days, part, code, document in told.get("payments", ()):
        amount = Amount(part, code)
        uow.session.add(
            ProjectPayment(
                request_id=uuid5(project.id, document),
                project_id=project.id,
                programme_id=programmes[key].id,
                paid_on=_day(uow, days),
                document=document,
                cents=amount.cents,
                given=amount.given,
                currency=code,
            )
        )


def _stage(uow: UnitOfWork, project: Project, told: dict[str, Any], key: UUID) -> None:
    due_on = _day(uow, told["promised"])
    stage: Stage = add_stage(uow, project, title=told["title"], due_on=due_on, request_id=key)
    if "moved" in told:
        stage.promised_on = _day(uow, told["moved"])
    reached = told.get("reached")
    stage.reached_on = None if reached is None else _day(uow, reached)
    if "news" in told:
        picture = _picture(uow, project, told["picture"]) if "picture" in told else None
        uow.session.add(
            StageNews(
                request_id=uuid5(key, "news"),
                project_id=project.id,
                stage_id=stage.id,
                attachment_id=picture,
                text=told["news"],
                at=uow.now + timedelta(days=reached if reached is not None else -12),
            )
        )
    uow.session.flush()


def _picture(uow: UnitOfWork, project: Project, told: list[str]) -> UUID:
    name, title, moment = told
    with (DATA / name).open("rb") as stream:
        file = add_file(
            uow,
            KIND,
            project,
            stream,
            name=name,
            title=title,
            as_picture=True,
            request_id=uuid5(project.id, name),
        )
    file.moment = moment
    return file.id


def _question(uow: UnitOfWork, project: Project, told: dict[str, Any]) -> None:
    key = uuid5(project.id, "question")
    if waits := told.get("waiting"):
        ask_question(uow, project, ProjectQuestionWords(words=waits), request_id=key)
    if answered := told.get("question"):
        words = ProjectQuestionWords(words=answered["asked"])
        row = ask_question(uow, project, words, request_id=key)
        answer_question(uow, row, **answered, is_public=True, expected_version=row.version)


def _settle(uow: UnitOfWork, project: Project, told: dict[str, Any]) -> None:
    """Backdate it: nobody is told of a demonstration as of something new."""
    heard = uow.now + timedelta(days=told["heard"])
    project.heard_at = heard
    project.published_at = uow.now + timedelta(days=min(told.get("begins", 0), -30))
    if "ended" in told:
        project.ended_on = _day(uow, told["ended"])
    if "stopped" in told:
        project.stopped_on, project.reason = day_of(heard), told["stopped"]
    for stage in _stages(uow, project):
        stage.heard_at, stage.late_told_at = heard, uow.now
    uow.session.flush()


def _details(uow: UnitOfWork, told: dict[str, Any], place: str) -> ProjectDetails:
    number, contract_days, given, currency = told.get("contract", ("", None, None, "EUR"))
    port = port_here(ConsultationResults) if told.get("consultation") else None
    titles = port.titles(uow) if port else ()
    return ProjectDetails(
        number=told.get("number", ""),
        subject=told["subject"],
        ekatte=place,
        address=told.get("address", ""),
        starts_on=_day(uow, told["begins"]) if "begins" in told else None,
        ends_on=_day(uow, told["ends"]) if "ends" in told else None,
        contractor=told.get("contractor", ""),
        contract_number=number,
        contract_on=None if contract_days is None else _day(uow, contract_days),
        contract=None if given is None else Amount(given, currency),
        consultation_id=titles[0][0] if titles else None,
    )


def _stages(uow: UnitOfWork, project: Project) -> list[Stage]:
    return stages_of(uow, [project.id])[project.id]


def _text(told: dict[str, Any]) -> ProjectText:
    title, summary = told["bg"]
    markdown = "\n\n".join(filter(None, (told.get("body", ""), EXAMPLE)))
    return ProjectText(title=title, summary=summary, markdown=markdown)


def _day(uow: UnitOfWork, days: int) -> date:
    return day_of(uow.now) + timedelta(days=days)


def _key(uow: UnitOfWork, key: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"projects/{uow.scope.slug}/{key}")


@cache
def _all() -> dict[str, Any]:
    told: dict[str, Any] = json.loads((DATA / "demo.json").read_text("utf-8"))
    return told
