"""Tables of referenda: proposals, committees, steps, sheets, signatures, looks, the counter."""

import sqlalchemy as sa
from alembic import op

revision = "referendum_t0001"
down_revision = None
branch_labels = ("referendum",)
depends_on = None

AT = sa.DateTime(timezone=True)
PROPOSAL = ["referendum_proposal.id"]


def upgrade() -> None:
    op.create_table(
        "referendum_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("proposer", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("yes_means", sa.Text(), nullable=False),
        sa.Column("no_means", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("decider", sa.Text(), nullable=False),
        sa.Column("signers", sa.Integer(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decision_on", sa.Date()),
        sa.Column("meeting_on", sa.Date()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("upheld_why", sa.Text(), nullable=False),
        sa.Column("voters", sa.Integer()),
        sa.Column("voters_on", sa.Date()),
        sa.Column("voters_source", sa.Text(), nullable=False),
        sa.Column("voters_at_filing", sa.Integer()),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("late_for", sa.Date()),
        sa.Column("vote_on", sa.Date()),
        sa.Column("participants", sa.Integer()),
        sa.Column("yes_votes", sa.Integer()),
        sa.Column("changed_at", AT, nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.Column("is_emptied", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.Uuid()),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referendum_proposal")),
        sa.UniqueConstraint("request_id", name=op.f("uq_referendum_proposal_request_id")),
    )
    for column in ("person_id", "entered_by_id"):
        op.create_index(op.f(f"ix_referendum_proposal_{column}"), "referendum_proposal", [column])
    op.create_index("ix_referendum_proposal_state", "referendum_proposal", ["state", "id"])
    op.create_index("ix_referendum_proposal_number", "referendum_proposal", ["year", "sequence"])
    op.create_table(
        "referendum_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("code_index", sa.LargeBinary()),
        sa.Column("is_chair", sa.Boolean(), nullable=False),
        sa.Column("name", sa.LargeBinary()),
        sa.Column("egn", sa.LargeBinary()),
        sa.Column("address", sa.LargeBinary()),
        sa.Column("egn_index", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referendum_member")),
        sa.UniqueConstraint("request_id", name=op.f("uq_referendum_member_request_id")),
        sa.UniqueConstraint("code_index", name=op.f("uq_referendum_member_code_index")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], PROPOSAL, name=op.f("fk_referendum_member_proposal_id")
        ),
    )
    op.create_index("ix_referendum_member_person", "referendum_member", ["person_id"])
    op.create_index(op.f("ix_referendum_member_proposal_id"), "referendum_member", ["proposal_id"])
    op.create_table(
        "referendum_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("by_id", sa.Uuid()),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referendum_step")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], PROPOSAL, name=op.f("fk_referendum_step_proposal_id")
        ),
    )
    op.create_index("ix_referendum_step_proposal", "referendum_step", ["proposal_id", "at"])
    op.create_index(op.f("ix_referendum_step_by_id"), "referendum_step", ["by_id"])
    op.create_table(
        "referendum_sheet",
        sa.Column("petition_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("printed_at", AT, nullable=False),
        sa.Column("printed_by_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("petition_id", "number", name=op.f("pk_referendum_sheet")),
        sa.ForeignKeyConstraint(
            ["petition_id"], PROPOSAL, name=op.f("fk_referendum_sheet_petition_id")
        ),
    )
    for column in ("batch_id", "printed_by_id"):
        op.create_index(op.f(f"ix_referendum_sheet_{column}"), "referendum_sheet", [column])
    op.create_table(
        "referendum_signature",
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referendum_signature")),
        sa.UniqueConstraint("request_id", name=op.f("uq_referendum_signature_request_id")),
        sa.UniqueConstraint(
            "petition_id",
            "sheet",
            "line",
            name=op.f("uq_referendum_signature_petition_id_sheet_line"),
        ),
        sa.ForeignKeyConstraint(
            ["petition_id"], PROPOSAL, name=op.f("fk_referendum_signature_petition_id")
        ),
    )
    op.create_index(
        op.f("ix_referendum_signature_entered_by_id"), "referendum_signature", ["entered_by_id"]
    )
    op.create_index(
        "uq_referendum_signature_person",
        "referendum_signature",
        ["petition_id", "egn_index"],
        unique=True,
        postgresql_where=sa.text("fault = ''"),
    )
    op.create_table(
        "referendum_counter",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "year", name=op.f("pk_referendum_counter")),
    )


def downgrade() -> None:
    for table in ("counter", "signature", "sheet", "step", "member", "proposal"):
        op.drop_table(f"referendum_{table}")
