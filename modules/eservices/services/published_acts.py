"""Open registers: what anybody may read of the documents that a service issued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Select, delete, select

from obshto.modules.eservices.events.registers import RegisterChanged
from obshto.modules.eservices.models import Case, IssuedDocument, PublishedAct
from obshto.modules.eservices.services.catalogue import Service, object_id_of, service_of
from obshto.modules.eservices.services.definitions import Definition
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.platform.clock import day_of
from obshto.platform.questionnaires.answers import Answers, counting
from obshto.platform.questionnaires.questions import Question
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


def acts_of(service: str) -> Select[PublishedAct]:
    """What a service issued, the newest first."""
    rows = select(PublishedAct).where(PublishedAct.service == service)
    return rows.order_by(PublishedAct.issued_on.desc(), PublishedAct.id.desc())


def columns_of(service: Service) -> list[Question]:
    """The questions that its register shows now; nothing where it has none."""
    definition = service.own
    if definition is None or definition.register is None:
        return []
    fields = {**definition.questions, **definition.document.fields}
    return [fields[name] for name in definition.register.fields]


def shown_of(
    definition: Definition, case: Case, official: Answers, language: str = SOURCE
) -> list[tuple[str, str]]:
    """Label and answer of what the register would show of a case."""
    fields = {**definition.questions, **definition.document.fields}
    told = _public_answers(definition, case, official)
    return [(fields[name].label[language], fields[name].said(a)) for name, a in told.items()]


def publish_act(uow: UnitOfWork, case: Case, official: Answers, document: IssuedDocument) -> None:
    """Enter a document that is being issued, where its service has a register."""
    definition = definition_behind(case)
    if definition.register is None:
        return
    uow.session.add(
        PublishedAct(
            case_id=case.id,
            service=case.service,
            number=document.number,
            issued_on=day_of(document.issued_at),
            valid_until=document.valid_until,
            shown=_public_answers(definition, case, official),
        )
    )
    _tell(uow, case.service)


def correct_act(
    uow: UnitOfWork, case: Case, document: IssuedDocument, *, before: str, after: str
) -> None:
    """The corrected document takes its place; what the correction took out of the text goes."""
    act = uow.session.scalar(select(PublishedAct).where(PublishedAct.case_id == case.id))
    if act is None:
        return
    definition = definition_behind(case)
    fields = {**definition.questions, **definition.document.fields}
    said = {name: fields[name].said(answer) for name, answer in act.shown.items()}
    act.shown = {
        name: answer
        for name, answer in act.shown.items()
        if said[name] in after or said[name] not in before
    }
    act.number, act.issued_on = document.number, day_of(document.issued_at)
    act.valid_until = document.valid_until
    _tell(uow, case.service)


def forget_acts(uow: UnitOfWork, cases: Sequence[Case]) -> None:
    """What is emptied is told no more."""
    of_these = PublishedAct.case_id.in_([case.id for case in cases])
    found = set(uow.session.scalars(select(PublishedAct.service).where(of_these)))
    if not found:
        return
    uow.session.execute(delete(PublishedAct).where(of_these))
    for service in sorted(found):
        _tell(uow, service)


def acts_told(uow: UnitOfWork, numbers: Mapping[UUID, str]) -> list[dict[str, object]]:
    """For who takes their data along: what anybody may read of their cases."""
    rows = uow.session.scalars(select(PublishedAct).where(PublishedAct.case_id.in_(numbers)))
    return [
        {
            "number": numbers[act.case_id],
            "outgoing_number": act.number,
            "issued_on": act.issued_on.isoformat(),
            "shown": dict(act.shown),
        }
        for act in rows
    ]


def _public_answers(definition: Definition, case: Case, official: Answers) -> dict[str, str]:
    if definition.register is None:
        return {}
    told = {**counting(definition.questions, case.read()), **official}
    return {name: told[name] for name in definition.register.fields if told.get(name)}


def _tell(uow: UnitOfWork, service: str) -> None:
    uow.emit(RegisterChanged(subject_id=object_id_of(service_of(uow, service)), service=service))
