"""Registrations that wait for staff."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import Select

from obshto.modules.voters.models import VoterRegistration
from obshto.modules.voters.permissions import VotersPermission
from obshto.modules.voters.services.queries import lists
from obshto.platform.modularity.todo import TodoKind, queue_todo
from obshto.platform.unit_of_work import UnitOfWork


def _queue(uow: UnitOfWork, name: str) -> Select[VoterRegistration]:
    return lists()[name]


TODO = queue_todo(
    *(_("Регистрации за гласуване"), VotersPermission.REGISTER, "voters_console.index", _queue),
    {"asked": TodoKind.NEW},
)
