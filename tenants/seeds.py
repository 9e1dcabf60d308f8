"""Demonstration content of the layer: what is known of two villages, a role of one's own."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.people.own_roles import make_role
from obshto.tenants.settlements import seeds as settlements
from obshto.tenants.settlements.permissions import SettlementPermission

ROLE = "Сътрудник в кметство"


def seed(uow: UnitOfWork) -> None:
    """Twice is once."""
    settlements.seed(uow)
    key = uuid5(NAMESPACE_URL, f"tenants/{uow.scope.slug}/role")
    make_role(uow, name=ROLE, words=[SettlementPermission.EDIT.value], request_id=key)
