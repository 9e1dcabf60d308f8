"""Papers that people bring as files."""

import sqlalchemy as sa
from alembic import op

revision = "eservices_t0004"
down_revision = "eservices_t0003"
branch_labels = None
depends_on = None

OWNERS = ("draft", "case")


def upgrade() -> None:
    op.create_table(
        "eservices_attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        *(sa.Column(f"{owner}_id", sa.Uuid()) for owner in OWNERS),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Uuid()),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eservices_attachment")),
        sa.UniqueConstraint("request_id", name=op.f("uq_eservices_attachment_request_id")),
        *(
            sa.ForeignKeyConstraint(
                [f"{owner}_id"],
                [f"eservices_{owner}.id"],
                name=op.f(f"fk_eservices_attachment_{owner}_id"),
            )
            for owner in OWNERS
        ),
    )
    for column in ("draft_id", "case_id", "added_by_id"):
        name = op.f(f"ix_eservices_attachment_{column}")
        op.create_index(name, "eservices_attachment", [column])


def downgrade() -> None:
    op.drop_table("eservices_attachment")
