"""What is said of a paragraph, groups of alike opinions, versions of the text."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "consultations_t0002"
down_revision = "consultations_t0001"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)


def _table(name: str, *columns: sa.Column | sa.UniqueConstraint) -> None:
    own = f"consultations_{name}"
    op.create_table(
        own,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        *columns,
        sa.Column("at", AT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{own}")),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations_consultation.id"],
            name=op.f(f"fk_{own}_consultation_id_consultations_consultation"),
        ),
    )


def _unique(*names: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*names, name=op.f(f"uq_consultations_version_{'_'.join(names)}"))


def upgrade() -> None:
    stance = sa.Column("stance", sa.Text(), server_default="", nullable=False)
    op.add_column("consultations_opinion", stance)
    op.alter_column("consultations_opinion", "stance", server_default=None)
    op.add_column("consultations_opinion", sa.Column("group_id", sa.Uuid()))
    index = op.f("ix_consultations_opinion_group_id")
    op.create_index(index, "consultations_opinion", ["group_id"])
    _table(
        "group",
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("paragraph", sa.Integer()),
        sa.Column("stance", sa.Text(), nullable=False),
    )
    index = op.f("ix_consultations_group_consultation_id")
    op.create_index(index, "consultations_group", ["consultation_id"])
    _table(
        "version",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", JSONB(), nullable=False),
        _unique("request_id"),
        _unique("consultation_id", "number"),
    )


def downgrade() -> None:
    for table in ("version", "group"):
        op.drop_table(f"consultations_{table}")
    for column in ("group_id", "stance"):
        op.drop_column("consultations_opinion", column)
