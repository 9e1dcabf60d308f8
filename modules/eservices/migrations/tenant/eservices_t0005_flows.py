"""Fees, complaints, ratings, second signatures; what a case needs for them."""

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
        sa.Column("needs_second", sa.Boolean(), nullable=False, server_default="false"),
        sa.Column("bring", sa.Text(), nullable=False, server_default=""),
    ),
    "eservices_draft": (
        sa.Column("speed", sa.Text(), nullable=False, server_default="ordinary"),
        sa.Column("prefilled", sa.ARRAY(sa.Text()), nullable=False, server_default="{}"),
    ),
    "eservices_case": (
        sa.Column("speed", sa.Text(), nullable=False, server_default="ordinary"),
        sa.Column("pays_first", sa.Boolean(), nullable=False, server_default="false"),
        sa.Column("needs_second", sa.Boolean(), nullable=False, server_default="false"),
        sa.Column("delivery", sa.Text(), nullable=False, server_default=""),
        sa.Column("extension", sa.Text(), nullable=False, server_default=""),
    ),
}
ADDED = {
    "eservices_offer": (sa.Column("keep_years", sa.Integer()),),
    "eservices_draft": (sa.Column("reminded_at", MOMENT),),
    "eservices_case": (
        sa.Column("speed_days", sa.Integer()),
        sa.Column("handed_at", MOMENT),
        sa.Column("days_late", sa.Integer()),
        sa.Column("warned_for", sa.Date()),
        sa.Column("late_for", sa.Date()),
    ),
}


def upgrade() -> None:
    for table, columns in FIRST.items():
        for column in columns:
            op.add_column(table, column)
            op.alter_column(table, column.name, server_default=None)
    for table, columns in ADDED.items():
        for column in columns:
            op.add_column(table, column)
    _index_open("state IN ('sent', 'in_work', 'signing')")
    _add_fee()
    _add_complaint()
    _add_rating()
    _add_proposal()


def downgrade() -> None:
    _index_open("state IN ('sent', 'in_work')")
    for table in ("proposal", "rating", "complaint", "fee"):
        op.drop_table(f"eservices_{table}")
    for table, columns in (*ADDED.items(), *FIRST.items()):
        for column in columns:
            op.drop_column(table, column.name)


def _index_open(states: str) -> None:
    """The cases whose clock runs."""
    name = "ix_eservices_case_open"
    op.drop_index(name, "eservices_case")
    op.create_index(name, "eservices_case", ["due_on"], postgresql_where=sa.text(states))


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


def _add_complaint() -> None:
    op.create_table(
        "eservices_complaint",
        *_of_a_case("complaint"),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("words", sa.LargeBinary()),
        *_answer(),
        sa.UniqueConstraint("year", "sequence", name=op.f("uq_eservices_complaint_year_sequence")),
    )
    op.create_index(op.f("ix_eservices_complaint_case_id"), "eservices_complaint", ["case_id"])
    _index_answer("complaint")


def _add_rating() -> None:
    op.create_table(
        "eservices_rating",
        *_of_a_case("rating"),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("service", "settlement", "channel")
        ),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("rated_at", MOMENT, nullable=False),
        sa.Column("comment", sa.LargeBinary()),
        *_answer(),
        sa.UniqueConstraint("case_id", name=op.f("uq_eservices_rating_case_id")),
    )
    op.create_index(op.f("ix_eservices_rating_rated_at"), "eservices_rating", ["rated_at"])
    _index_answer("rating")


def _add_proposal() -> None:
    op.create_table(
        "eservices_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("is_refusal", sa.Boolean(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Uuid()),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["eservices_case.id"], name=op.f("fk_eservices_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eservices_proposal")),
    )
    op.create_index(op.f("ix_eservices_proposal_by_id"), "eservices_proposal", ["by_id"])


def _of_a_case(name: str) -> tuple[sa.schema.SchemaItem, ...]:
    table = f"eservices_{name}"
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("request_id", name=op.f(f"uq_{table}_request_id")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["eservices_case.id"], name=op.f(f"fk_{table}_case_id")
        ),
    )


def _answer() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("answer", sa.LargeBinary()),
        sa.Column("answered_at", MOMENT),
        sa.Column("answered_by_id", sa.Uuid()),
        sa.Column("answered_by", sa.Text(), nullable=False),
    )


def _index_answer(name: str) -> None:
    table = f"eservices_{name}"
    op.create_index(op.f(f"ix_{table}_answered_by_id"), table, ["answered_by_id"])
