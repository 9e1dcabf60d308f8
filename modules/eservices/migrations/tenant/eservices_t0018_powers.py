"""Powers of attorney, and which of them an application is sent under."""

import sqlalchemy as sa
from alembic import op

revision = "eservices_t0018"
down_revision = "eservices_t0017"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)
TABLE = "eservices_power"
USERS = ("eservices_draft", "eservices_case")


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("representative_id", sa.Uuid()),
        sa.Column("represented_id", sa.Uuid()),
        sa.Column("number_index", sa.LargeBinary()),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("services", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("file_id", sa.Uuid()),
        sa.Column("sent_at", AT, nullable=False),
        sa.Column("words", sa.LargeBinary()),
        sa.Column("checked_at", AT),
        sa.Column("checked_by_id", sa.Uuid()),
        sa.Column("checked_by", sa.Text(), server_default="", nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.Column("ended_how", sa.Text(), server_default="", nullable=False),
        sa.Column("is_emptied", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("request_id", name=op.f(f"uq_{TABLE}_request_id")),
        sa.UniqueConstraint("year", "sequence", name=op.f(f"uq_{TABLE}_year_sequence")),
    )
    for column in ("representative_id", "represented_id", "number_index", "checked_by_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    op.create_index(f"ix_{TABLE}_list", TABLE, ["state", "sent_at", "id"])
    for user in USERS:
        op.add_column(user, sa.Column("power_id", sa.Uuid()))
        op.create_foreign_key(op.f(f"fk_{user}_power_id"), user, TABLE, ["power_id"], ["id"])
        op.create_index(op.f(f"ix_{user}_power_id"), user, ["power_id"])
    op.add_column("eservices_case", sa.Column("represented_id", sa.Uuid()))
    op.create_index(op.f("ix_eservices_case_represented_id"), "eservices_case", ["represented_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_eservices_case_represented_id"), "eservices_case")
    op.drop_column("eservices_case", "represented_id")
    for user in USERS:
        op.drop_index(op.f(f"ix_{user}_power_id"), user)
        op.drop_constraint(op.f(f"fk_{user}_power_id"), user, type_="foreignkey")
        op.drop_column(user, "power_id")
    op.drop_table(TABLE)
