"""Petitions for an assembly: steps, sheets, signatures; the petition that called an assembly."""

import sqlalchemy as sa
from alembic import op

revision = "assembly_t0002"
down_revision = "assembly_t0001"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)
PETITION = ["assembly_petition.id"]


def upgrade() -> None:
    op.create_table(
        "assembly_petition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.Column("voters_source", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("changed_at", AT, nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.Column("is_emptied", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.Uuid()),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_petition")),
        sa.UniqueConstraint("request_id", name=op.f("uq_assembly_petition_request_id")),
    )
    for column in ("person_id", "entered_by_id"):
        op.create_index(op.f(f"ix_assembly_petition_{column}"), "assembly_petition", [column])
    op.create_index("ix_assembly_petition_state", "assembly_petition", ["state", "id"])
    op.create_index("ix_assembly_petition_number", "assembly_petition", ["year", "sequence"])
    op.create_table(
        "assembly_petition_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("petition_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("by_id", sa.Uuid()),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_petition_step")),
        sa.ForeignKeyConstraint(
            ["petition_id"], PETITION, name=op.f("fk_assembly_petition_step_petition_id")
        ),
    )
    op.create_index(
        "ix_assembly_petition_step_petition", "assembly_petition_step", ["petition_id", "at"]
    )
    op.create_index(op.f("ix_assembly_petition_step_by_id"), "assembly_petition_step", ["by_id"])
    _create_paper()
    op.add_column("assembly_assembly", sa.Column("petition_id", sa.Uuid()))
    op.create_foreign_key(
        op.f("fk_assembly_assembly_petition_id"),
        "assembly_assembly",
        "assembly_petition",
        ["petition_id"],
        ["id"],
    )
    op.create_index(op.f("ix_assembly_assembly_petition_id"), "assembly_assembly", ["petition_id"])


def _create_paper() -> None:
    op.create_table(
        "assembly_sheet",
        sa.Column("petition_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("printed_at", AT, nullable=False),
        sa.Column("printed_by_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("petition_id", "number", name=op.f("pk_assembly_sheet")),
        sa.ForeignKeyConstraint(
            ["petition_id"], PETITION, name=op.f("fk_assembly_sheet_petition_id")
        ),
    )
    for column in ("batch_id", "printed_by_id"):
        op.create_index(op.f(f"ix_assembly_sheet_{column}"), "assembly_sheet", [column])
    op.create_table(
        "assembly_signature",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("petition_id", sa.Uuid(), nullable=False),
        sa.Column("sheet", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("egn_index", sa.LargeBinary()),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("entered_at", AT, nullable=False),
        sa.Column("entered_by_id", sa.Uuid()),
        sa.Column("is_emptied", sa.Boolean(), server_default=sa.false(), nullable=False),
        *(sa.Column(name, sa.LargeBinary()) for name in ("name", "egn", "address", "note")),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_signature")),
        sa.UniqueConstraint("request_id", name=op.f("uq_assembly_signature_request_id")),
        sa.UniqueConstraint(
            "petition_id",
            "sheet",
            "line",
            name=op.f("uq_assembly_signature_petition_id_sheet_line"),
        ),
        sa.ForeignKeyConstraint(
            ["petition_id"], PETITION, name=op.f("fk_assembly_signature_petition_id")
        ),
    )
    op.create_index(
        op.f("ix_assembly_signature_entered_by_id"), "assembly_signature", ["entered_by_id"]
    )
    op.create_index(
        "uq_assembly_signature_person",
        "assembly_signature",
        ["petition_id", "egn_index"],
        unique=True,
        postgresql_where=sa.text("fault = ''"),
    )


def downgrade() -> None:
    op.drop_column("assembly_assembly", "petition_id")
    for table in ("signature", "sheet", "petition_step", "petition"):
        op.drop_table(f"assembly_{table}")
