"""Applications, complaints and signatures that wait for staff."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select

from obshto.modules.eservices.models import Case, Complaint
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import case_queries, renewals
from obshto.modules.eservices.services.approvals import is_approved, waiting_for_me
from obshto.modules.eservices.services.call_backs import CALL_DESK
from obshto.modules.eservices.services.complaints import complaints
from obshto.modules.eservices.services.departments import within_limits
from obshto.modules.eservices.services.design.inheritance import waiting_versions
from obshto.modules.eservices.services.powers.queries import powers_listed
from obshto.modules.eservices.services.states import RUNNING
from obshto.platform.clock import day_of
from obshto.platform.modularity.todo import DueDays, Todo, TodoKind, queue_todo
from obshto.platform.unit_of_work import UnitOfWork

LABEL, INDEX = _("Заявления"), "eservices_console.index"
HANDLE = ServicesPermission.HANDLE


def _queue(uow: UnitOfWork, name: str) -> Select[Case]:
    return case_queries.queue(uow, case_queries.Wanted(list=name), today=day_of(uow.now))


TODO = (
    CALL_DESK.todo(),
    *queue_todo(
        *(LABEL, HANDLE, INDEX, _queue),
        {"late": TodoKind.LATE, "new": TodoKind.NEW, "mine": TodoKind.MINE},
    ),
    Todo(
        kind=TodoKind.APPROVE,
        label=LABEL,
        permission=ServicesPermission.DECIDE,
        endpoint=INDEX,
        rows=lambda uow: _queue(uow, "sign").where(~is_approved()),
        arguments={"list": "sign"},
        page="eservices_console.proposal",
        page_of="case_id",
    ),
    Todo(
        kind=TodoKind.APPROVE,
        label=_("Решения за одобрение"),
        permission=ServicesPermission.APPROVE,
        endpoint="eservices_console.approvals_for_me",
        rows=waiting_for_me,
        page="eservices_console.approval",
        page_of="case_id",
    ),
    Todo(
        kind=TodoKind.APPROVE,
        label=_("Нови версии на взети услуги"),
        permission=ServicesPermission.AGREE,
        endpoint="eservices_console.taken_over",
        rows=lambda uow: waiting_versions(),
    ),
    Todo(
        kind=TodoKind.ANSWER,
        label=_("Изтичащи документи: за уведомяване"),
        permission=HANDLE,
        endpoint="eservices_console.expiring",
        rows=renewals.untold,
        arguments={"list": "untold"},
    ),
    Todo(
        kind=TodoKind.NEW,
        label=_("Пълномощни за проверка"),
        permission=ServicesPermission.POWERS,
        endpoint="eservices_console.powers",
        rows=lambda uow: powers_listed("waiting"),
        page="eservices_console.power",
        page_of="power_id",
    ),
    *queue_todo(_("Документи за връчване"), HANDLE, INDEX, _queue, {"hand": TodoKind.ANSWER}),
    Todo(
        kind=TodoKind.ANSWER,
        label=_("Жалби по заявления"),
        permission=ServicesPermission.OVERSEE,
        endpoint="eservices_console.said",
        rows=lambda uow: complaints(open_only=True).with_only_columns(Complaint.id),
    ),
)
DUE = (
    DueDays(
        label=_("Срок на заявление"),
        permission=HANDLE,
        endpoint=INDEX,
        arguments={"list": "work"},
        days=lambda uow: select(Case.due_on).where(Case.state.in_(RUNNING), *within_limits(uow)),
    ),
)
