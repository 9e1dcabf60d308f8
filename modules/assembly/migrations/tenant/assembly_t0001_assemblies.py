"""Tables of assembly: assemblies, their questions, what happened, the counter of numbers."""

import sqlalchemy as sa
from alembic import op

revision = "assembly_t0001"
down_revision = None
branch_labels = ("assembly",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assembly_assembly",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("population_source", sa.Text(), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.Column("voters_source", sa.Text(), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("signatures", sa.Integer()),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("announced_on", sa.Date()),
        sa.Column("first_present", sa.Integer()),
        sa.Column("present", sa.Integer()),
        sa.Column("is_late", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("counters", sa.Integer()),
        sa.Column("work_ends_at", sa.Integer(), server_default="0", nullable=False),
        sa.Column("half_is_enough", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("file_id", sa.Uuid()),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Uuid()),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_assembly")),
        sa.UniqueConstraint("request_id", name=op.f("uq_assembly_assembly_request_id")),
    )
    op.create_index("ix_assembly_assembly_state", "assembly_assembly", ["state", "starts_at"])
    op.create_index("ix_assembly_assembly_number", "assembly_assembly", ["year", "sequence"])
    op.create_index(
        op.f("ix_assembly_assembly_entered_by_id"), "assembly_assembly", ["entered_by_id"]
    )
    op.create_table(
        "assembly_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("assembly_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ballot", sa.Text(), server_default="", nullable=False),
        *(
            sa.Column(name, sa.Integer())
            for name in ("votes_for", "votes_against", "abstained", "invalid")
        ),
        sa.Column("summary", sa.Text(), server_default="", nullable=False),
        sa.Column("decision", sa.Text(), server_default="", nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("late_for", sa.Date()),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_question")),
        sa.UniqueConstraint("request_id", name=op.f("uq_assembly_question_request_id")),
        sa.ForeignKeyConstraint(
            ["assembly_id"],
            ["assembly_assembly.id"],
            name=op.f("fk_assembly_question_assembly_id"),
        ),
    )
    op.create_index(
        "ix_assembly_question_assembly", "assembly_question", ["assembly_id", "position"]
    )
    op.create_index("ix_assembly_question_due", "assembly_question", ["due_on"])
    op.create_table(
        "assembly_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assembly_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid()),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_step")),
        sa.ForeignKeyConstraint(
            ["assembly_id"], ["assembly_assembly.id"], name=op.f("fk_assembly_step_assembly_id")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["assembly_question.id"], name=op.f("fk_assembly_step_question_id")
        ),
    )
    op.create_index("ix_assembly_step_assembly", "assembly_step", ["assembly_id", "happened_on"])
    op.create_index(op.f("ix_assembly_step_by_id"), "assembly_step", ["by_id"])
    op.create_table(
        "assembly_counter",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "year", name=op.f("pk_assembly_counter")),
    )


def downgrade() -> None:
    for table in ("counter", "step", "question", "assembly"):
        op.drop_table(f"assembly_{table}")
