"""Own services offered to other municipalities, and those taken over from one."""

import sqlalchemy as sa
from alembic import op

revision = "eservices_t0013"
down_revision = "eservices_t0012"
branch_labels = None
depends_on = None

TEXT, MOMENT = sa.Text(), sa.DateTime(timezone=True)
DESIGNED, VERSION, TAKEN = (
    "eservices_designed",
    "eservices_designed_version",
    "eservices_inherited",
)


def upgrade() -> None:
    op.add_column(DESIGNED, sa.Column("offered_at", MOMENT))
    op.add_column(VERSION, sa.Column("design", TEXT, server_default="", nullable=False))
    op.add_column(VERSION, sa.Column("due_on", sa.Date()))
    op.create_table(
        TAKEN,
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("service", "municipality", "base")),
        sa.Column("origin", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("number", "newest")),
        sa.Column("due_on", sa.Date()),
        sa.Column("declined", sa.Integer(), nullable=False),
        sa.Column("declined_because", TEXT, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("decided_by_id", sa.Uuid()),
        sa.Column("decided_by", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eservices_inherited")),
        sa.UniqueConstraint("service", name=op.f("uq_eservices_inherited_service")),
        sa.UniqueConstraint("origin", name=op.f("uq_eservices_inherited_origin")),
    )
    op.create_index(op.f("ix_eservices_inherited_decided_by_id"), TAKEN, ["decided_by_id"])


def downgrade() -> None:
    op.drop_table(TAKEN)
    for name in ("due_on", "design"):
        op.drop_column(VERSION, name)
    op.drop_column(DESIGNED, "offered_at")
