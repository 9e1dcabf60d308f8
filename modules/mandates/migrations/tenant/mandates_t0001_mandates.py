"""Tables of mandates: the mandates, their journal, the counter of their numbers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "mandates_t0001"
down_revision = None
branch_labels = ("mandates",)
depends_on = None

AT = sa.DateTime(timezone=True)
WORDS = ARRAY(sa.Text())
MANDATE, ACT, COUNTER = "mandates_mandate", "mandates_act", "mandates_counter"


def _column(name: str, kind: object, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, kind, nullable=nullable)


def _once(*columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{MANDATE}_{'_'.join(columns)}"))


def upgrade() -> None:
    _mandates()
    op.create_table(
        ACT,
        _column("id", sa.Uuid()),
        _column("mandate_id", sa.Uuid()),
        _column("at", AT),
        _column("act", sa.Text()),
        _column("is_write", sa.Boolean()),
        _column("events", WORDS),
        _column("numbers", WORDS),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{ACT}")),
        sa.ForeignKeyConstraint(
            ["mandate_id"], [f"{MANDATE}.id"], name=op.f(f"fk_{ACT}_mandate_id")
        ),
    )
    op.create_index(f"ix_{ACT}_mandate", ACT, ["mandate_id", "at"])
    op.create_table(
        COUNTER,
        _column("kind", sa.Text()),
        _column("year", sa.Integer()),
        _column("last", sa.Integer()),
        sa.PrimaryKeyConstraint("kind", "year", name=op.f(f"pk_{COUNTER}")),
    )


def _mandates() -> None:
    op.create_table(
        MANDATE,
        _column("id", sa.Uuid()),
        _column("request_id", sa.Uuid()),
        _column("year", sa.Integer()),
        _column("sequence", sa.Integer()),
        _column("person_id", sa.Uuid(), nullable=True),
        _column("has_profile", sa.Boolean()),
        _column("code_index", sa.LargeBinary(), nullable=True),
        _column("viewer_index", sa.LargeBinary(), nullable=True),
        _column("name", sa.LargeBinary()),
        _column("email", sa.LargeBinary(), nullable=True),
        _column("phone", sa.LargeBinary(), nullable=True),
        _column("language", sa.Text()),
        _column("relative", sa.LargeBinary(), nullable=True),
        _column("assistant_id", sa.Uuid(), nullable=True),
        _column("assistant", sa.Text()),
        _column("acts", WORDS),
        _column("ends_on", sa.Date()),
        _column("state", sa.Text()),
        _column("prepared_at", AT),
        _column("prepared_by_id", sa.Uuid(), nullable=True),
        _column("prepared_by", sa.Text()),
        _column("signed_on", sa.Date(), nullable=True),
        _column("sheet", sa.Text()),
        _column("witnesses", sa.LargeBinary(), nullable=True),
        _column("signed_by_id", sa.Uuid(), nullable=True),
        _column("signed_by", sa.Text()),
        _column("ended_at", AT, nullable=True),
        _column("ended_how", sa.Text()),
        sa.Column("is_emptied", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{MANDATE}")),
        _once("request_id"),
        _once("code_index"),
        _once("viewer_index"),
        _once("year", "sequence"),
    )
    op.create_index(f"ix_{MANDATE}_list", MANDATE, ["state", "ends_on", "id"])
    for column in ("person_id", "assistant_id"):
        op.create_index(op.f(f"ix_{MANDATE}_{column}"), MANDATE, [column])


def downgrade() -> None:
    for table in (COUNTER, ACT, MANDATE):
        op.drop_table(table)
