"""Assemblies that wait for staff, and the days on which there is one."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.assembly.models import Assembly
from obshto.modules.assembly.permissions import AssemblyPermission
from obshto.modules.assembly.services import petition_queries, queries
from obshto.modules.assembly.services.petition_states import CHECKING, CONFIRMED
from obshto.modules.assembly.services.states import ANNOUNCED
from obshto.platform.modularity.todo import DueDays, Todo, TodoKind, day_in_sofia

INDEX, PETITIONS = "assembly_console.index", "assembly_console.petitions"
TODO = (
    Todo(
        kind=TodoKind.LATE,
        label=_("Решение на общо събрание след срока"),
        permission=AssemblyPermission.CALL,
        endpoint=INDEX,
        arguments={"list": queries.FOLLOWED_LIST},
        rows=queries.late,
    ),
    Todo(
        kind=TodoKind.NEW,
        label=_("Общо събрание без записан протокол"),
        permission=AssemblyPermission.RECORD,
        endpoint=INDEX,
        arguments={"list": queries.COMING_LIST},
        rows=queries.unrecorded,
    ),
    Todo(
        kind=TodoKind.NEW,
        label=_("Подписка за общо събрание чака проверка"),
        permission=AssemblyPermission.PETITION,
        endpoint=PETITIONS,
        rows=lambda _uow: petition_queries.petitions_in(CHECKING),
    ),
    Todo(
        kind=TodoKind.NEW,
        label=_("Подписка за общо събрание чака кмета"),
        permission=AssemblyPermission.CALL,
        endpoint=PETITIONS,
        rows=lambda _uow: petition_queries.petitions_in(CONFIRMED),
    ),
    Todo(
        kind=TodoKind.DRAFT,
        label=_("Общи събрания"),
        permission=AssemblyPermission.CALL,
        endpoint=INDEX,
        arguments={"list": queries.DRAFTS_LIST},
        rows=lambda _uow: queries.queue(queries.DRAFTS_LIST),
    ),
)
DUE = (
    DueDays(
        label=_("Общо събрание"),
        permission=AssemblyPermission.READ,
        endpoint=INDEX,
        days=lambda _uow: (
            queries.queue("")
            .where(Assembly.state == ANNOUNCED)
            .order_by(None)
            .with_only_columns(day_in_sofia(Assembly.starts_at))
        ),
    ),
)
