"""Departments: whose staff work on which services."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.cases.staff_groups import GroupMemberRow, StaffGroupRow
from obshto.platform.db.base import TenantModel


class Department(StaffGroupRow, TenantModel):
    """A department; `services` are the keys of those that its people work on."""

    __tablename__ = "eservices_department"
    __table_args__ = (UniqueConstraint("request_id"),)
    services: Mapped[list[str]] = mapped_column(ARRAY(Text))


class DepartmentMember(GroupMemberRow, TenantModel):
    """Somebody of the staff in a department."""

    __tablename__ = "eservices_department_member"
    department_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.eservices_department.id"), primary_key=True
    )
