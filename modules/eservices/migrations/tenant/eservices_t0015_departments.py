"""Departments: their services, who works in them."""

import sqlalchemy as sa
from alembic import op

revision = "eservices_t0015"
down_revision = "eservices_t0014"
branch_labels = None
depends_on = None

DEPARTMENT, MEMBER = "eservices_department", "eservices_department_member"


def upgrade() -> None:
    op.create_table(
        DEPARTMENT,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("services", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eservices_department")),
        sa.UniqueConstraint("request_id", name=op.f("uq_eservices_department_request_id")),
    )
    op.create_table(
        MEMBER,
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint(
            "department_id", "person_id", name=op.f("pk_eservices_department_member")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["eservices_department.id"],
            name=op.f("fk_eservices_department_member_department_id"),
        ),
    )
    op.create_index(op.f("ix_eservices_department_member_person_id"), MEMBER, ["person_id"])


def downgrade() -> None:
    op.drop_table(MEMBER)
    op.drop_table(DEPARTMENT)
