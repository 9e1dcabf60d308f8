"""Fees by speed and channel, what is owed for a case."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "eservices_t0005"
down_revision = "eservices_t0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
# What existing rows say; afterwards the program says it.
FIRST = {
    "eservices_offer": (
        sa.Column("fee_kind", sa.Text(), nullable=False, server_default=""),
        sa.Column("pays_first", sa.Boolean(), nullable=False, server_default="false"),
        sa.Column("portal_discount", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("speeds", postgresql.JSONB(), nullable=False, server_default="{}"),
    ),
    "eservices_draft": (sa.Column("speed", sa.Text(), nullable=False, server_default="ordinary"),),
    "eservices_case": (
        sa.Column("speed", sa.Text(), nullable=False, server_default="ordinary"),
        sa.Column("pays_first", sa.Boolean(), nullable=False, server_default="false"),
    ),
}
ADDED = {
    "eservices_case": (sa.Column("speed_days", sa.Integer()),),
}


def upgrade() -> None:
    for table, columns in FIRST.items():
        for column in columns:
            op.add_column(table, column)
            op.alter_column(table, column.name, server_default=None)
    for table, columns in ADDED.items():
        for column in columns:
            op.add_column(table, column)
    _add_fee()


def downgrade() -> None:
    op.drop_table("eservices_fee")
    for table, columns in (*ADDED.items(), *FIRST.items()):
        for column in columns:
            op.drop_column(table, column.name)


def _add_fee() -> None:
    op.create_table(
        "eservices_fee",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("charge_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "path", "desk", "code")),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("paid_on", sa.Date()),
        sa.Column("late_days", sa.Integer(), nullable=False),
        sa.Column("lowered_cents", sa.BigInteger(), nullable=False),
        sa.Column("returned_at", MOMENT),
        sa.CheckConstraint("cents > 0", name=op.f("ck_eservices_fee_positive")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["eservices_case.id"], name=op.f("fk_eservices_fee_case_id")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_eservices_fee")),
        sa.UniqueConstraint("charge_id", name=op.f("uq_eservices_fee_charge_id")),
    )
    op.create_index(op.f("ix_eservices_fee_state"), "eservices_fee", ["state"])
