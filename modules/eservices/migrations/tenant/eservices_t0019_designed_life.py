"""Who receives a case, by which law it is kept, what the open register shows of its document."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "eservices_t0019"
down_revision = "eservices_t0018"
branch_labels = None
depends_on = None

ACT = "eservices_published_act"


def upgrade() -> None:
    op.add_column(
        "eservices_case", sa.Column("goes_to", sa.Text(), server_default="", nullable=False)
    )
    op.add_column(
        "eservices_offer", sa.Column("keep_law", sa.Text(), server_default="", nullable=False)
    )
    op.create_table(
        ACT,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date()),
        sa.Column("shown", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{ACT}")),
        sa.ForeignKeyConstraint(["case_id"], ["eservices_case.id"], name=op.f(f"fk_{ACT}_case_id")),
        sa.UniqueConstraint("case_id", name=op.f(f"uq_{ACT}_case_id")),
    )
    op.create_index(f"ix_{ACT}_list", ACT, ["service", "issued_on", "id"])


def downgrade() -> None:
    op.drop_table(ACT)
    op.drop_column("eservices_offer", "keep_law")
    op.drop_column("eservices_case", "goes_to")
