"""Tables of initiatives: themselves, committees, steps, sheets, signatures, the counter."""

import sqlalchemy as sa
from alembic import op

revision = "initiatives_t0001"
down_revision = None
branch_labels = ("initiatives",)
depends_on = None

AT = sa.DateTime(timezone=True)
INITIATIVE = ["initiatives_initiative.id"]


def upgrade() -> None:
    op.create_table(
        "initiatives_initiative",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("meeting_at", AT),
        sa.Column("meeting_place", sa.Text(), nullable=False),
        sa.Column("meeting_chair", sa.LargeBinary()),
        sa.Column("attended", sa.Integer()),
        sa.Column("collects_until", sa.Date()),
        sa.Column("places", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("late_for", sa.Date()),
        sa.Column("changed_at", AT, nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.Column("is_emptied", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.Uuid()),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiatives_initiative")),
        sa.UniqueConstraint("request_id", name=op.f("uq_initiatives_initiative_request_id")),
    )
    for column in ("person_id", "entered_by_id"):
        op.create_index(
            op.f(f"ix_initiatives_initiative_{column}"), "initiatives_initiative", [column]
        )
    op.create_index("ix_initiatives_initiative_state", "initiatives_initiative", ["state", "id"])
    op.create_index(
        "ix_initiatives_initiative_number", "initiatives_initiative", ["year", "sequence"]
    )
    op.create_table(
        "initiatives_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("petition_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("code_index", sa.LargeBinary()),
        sa.Column("is_chair", sa.Boolean(), nullable=False),
        sa.Column("name", sa.LargeBinary()),
        sa.Column("egn", sa.LargeBinary()),
        sa.Column("address", sa.LargeBinary()),
        sa.Column("egn_index", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiatives_member")),
        sa.UniqueConstraint("request_id", name=op.f("uq_initiatives_member_request_id")),
        sa.UniqueConstraint("code_index", name=op.f("uq_initiatives_member_code_index")),
        sa.ForeignKeyConstraint(
            ["petition_id"], INITIATIVE, name=op.f("fk_initiatives_member_petition_id")
        ),
    )
    op.create_index(op.f("ix_initiatives_member_person_id"), "initiatives_member", ["person_id"])
    op.create_index(
        op.f("ix_initiatives_member_petition_id"), "initiatives_member", ["petition_id"]
    )
    op.create_table(
        "initiatives_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("petition_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("by_id", sa.Uuid()),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiatives_step")),
        sa.ForeignKeyConstraint(
            ["petition_id"], INITIATIVE, name=op.f("fk_initiatives_step_petition_id")
        ),
    )
    op.create_index("ix_initiatives_step_petition", "initiatives_step", ["petition_id", "at"])
    op.create_index(op.f("ix_initiatives_step_by_id"), "initiatives_step", ["by_id"])
    op.create_table(
        "initiatives_sheet",
        sa.Column("petition_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("printed_at", AT, nullable=False),
        sa.Column("printed_by_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("petition_id", "number", name=op.f("pk_initiatives_sheet")),
        sa.ForeignKeyConstraint(
            ["petition_id"], INITIATIVE, name=op.f("fk_initiatives_sheet_petition_id")
        ),
    )
    for column in ("batch_id", "printed_by_id"):
        op.create_index(op.f(f"ix_initiatives_sheet_{column}"), "initiatives_sheet", [column])
    op.create_table(
        "initiatives_signature",
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
        sa.Column("name", sa.LargeBinary()),
        sa.Column("egn", sa.LargeBinary()),
        sa.Column("address", sa.LargeBinary()),
        sa.Column("note", sa.LargeBinary()),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiatives_signature")),
        sa.UniqueConstraint("request_id", name=op.f("uq_initiatives_signature_request_id")),
        sa.UniqueConstraint(
            "petition_id",
            "sheet",
            "line",
            name=op.f("uq_initiatives_signature_petition_id_sheet_line"),
        ),
        sa.ForeignKeyConstraint(
            ["petition_id"], INITIATIVE, name=op.f("fk_initiatives_signature_petition_id")
        ),
    )
    op.create_index(
        op.f("ix_initiatives_signature_entered_by_id"), "initiatives_signature", ["entered_by_id"]
    )
    op.create_index(
        "uq_initiatives_signature_person",
        "initiatives_signature",
        ["petition_id", "egn_index"],
        unique=True,
        postgresql_where=sa.text("fault = ''"),
    )
    op.create_table(
        "initiatives_counter",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "year", name=op.f("pk_initiatives_counter")),
    )


def downgrade() -> None:
    for table in ("counter", "signature", "sheet", "step", "member", "initiative"):
        op.drop_table(f"initiatives_{table}")
