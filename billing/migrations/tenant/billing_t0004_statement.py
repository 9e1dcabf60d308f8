"""Statements of the bank and their lines: whose each transfer is, booked once."""

import sqlalchemy as sa
from alembic import op

revision = "billing_t0004"
down_revision = "billing_t0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _statement()
    _line()
    op.create_index(
        "uq_billing_statement_line_fingerprint",
        "billing_statement_line",
        ["fingerprint"],
        unique=True,
        postgresql_where=sa.text("state <> 'known'"),
    )
    columns = {"statement": ["statement_id", "state", "place"], "state": ["state", "booked_on"]}
    for name, wanted in columns.items():
        op.create_index(f"ix_billing_statement_line_{name}", "billing_statement_line", wanted)
    for table, name in (
        ("billing_statement", "read_by_id"),
        ("billing_statement_line", "charge_id"),
        ("billing_statement_line", "decided_by_id"),
    ):
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])


def downgrade() -> None:
    op.drop_table("billing_statement_line")
    op.drop_table("billing_statement")


def _statement() -> None:
    op.create_table(
        "billing_statement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("iban", sa.Text(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("opening_cents", sa.BigInteger()),
        sa.Column("closing_cents", sa.BigInteger()),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_by", sa.Text(), nullable=False),
        sa.Column("read_by_id", sa.Uuid()),
        sa.Column("booked_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_statement")),
        sa.UniqueConstraint("request_id", name=op.f("uq_billing_statement_request_id")),
    )


def _line() -> None:
    parents = {"statement": "billing_statement", "charge": "billing_charge"}
    parents["payment"] = "billing_payment"
    op.create_table(
        "billing_statement_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        *(
            sa.Column(name, sa.LargeBinary())
            for name in ("payer", "payer_iban", "remittance", "reason")
        ),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("doubt", sa.Text(), nullable=False),
        sa.Column("is_chosen", sa.Boolean(), nullable=False),
        sa.Column("charge_id", sa.Uuid()),
        sa.Column("payment_id", sa.Uuid()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.Text()),
        sa.Column("decided_by_id", sa.Uuid()),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_statement_line")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_billing_statement_line_payment_id")),
        *(
            sa.ForeignKeyConstraint(
                [f"{name}_id"],
                [f"{table}.id"],
                name=op.f(f"fk_billing_statement_line_{name}_id"),
            )
            for name, table in parents.items()
        ),
    )
