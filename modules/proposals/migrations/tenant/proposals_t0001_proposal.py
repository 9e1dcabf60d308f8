"""Tables of proposals: their words, versions, thresholds, history, looks, the counter."""

import sqlalchemy as sa
from alembic import op

revision = "proposals_t0001"
down_revision = None
branch_labels = ("proposals",)
depends_on = None

AT = sa.DateTime(timezone=True)
WORDS = ("title", "text", "reason", "place", "cost")


def _key(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_proposals_{table}_{column}")
    return sa.ForeignKeyConstraint([column], ["proposals_proposal.id"], name=name)


def upgrade() -> None:
    op.create_table(
        "proposals_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("code_index", sa.LargeBinary()),
        sa.Column("applicant", sa.LargeBinary(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.Uuid()),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sent_at", AT, nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("assignee_id", sa.Uuid()),
        sa.Column("assignee", sa.Text(), nullable=False),
        sa.Column("late_for", sa.Date()),
        sa.Column("ended_at", AT),
        sa.Column("is_emptied", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("settlement", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Float()),
        sa.Column("longitude", sa.Float()),
        *(sa.Column(name, sa.Text(), nullable=False) for name in WORDS),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("email", sa.LargeBinary()),
        sa.Column("phone", sa.LargeBinary()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("picture_id", sa.Uuid()),
        sa.Column("shows_picture", sa.Boolean(), nullable=False),
        sa.Column("needs_mayor", sa.Integer(), nullable=False),
        sa.Column("needs_council", sa.Integer(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("handed_in_at", AT),
        sa.Column("extension", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("follow_up", sa.Text(), nullable=False),
        sa.Column("follow_up_by", sa.Text(), nullable=False),
        sa.Column("follow_up_on", sa.Date()),
        sa.Column("decided_at", AT),
        sa.Column("announce_by", sa.Date()),
        sa.Column("announced_at", AT),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("outcome_picture_id", sa.Uuid()),
        sa.Column("hidden_at", AT),
        sa.Column("hidden_why", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals_proposal")),
        sa.UniqueConstraint("request_id", name=op.f("uq_proposals_proposal_request_id")),
        sa.UniqueConstraint("code_index", name=op.f("uq_proposals_proposal_code_index")),
        sa.UniqueConstraint("year", "sequence", name=op.f("uq_proposals_proposal_year_sequence")),
    )
    for column in ("person_id", "assignee_id", "entered_by_id"):
        op.create_index(op.f(f"ix_proposals_proposal_{column}"), "proposals_proposal", [column])
    op.create_index("ix_proposals_proposal_queue", "proposals_proposal", ["state", "due_on", "id"])
    op.create_index(
        "ix_proposals_proposal_place", "proposals_proposal", ["settlement", "subject", "sent_at"]
    )
    op.create_table(
        "proposals_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", AT, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in WORDS),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals_version")),
        sa.UniqueConstraint(
            "proposal_id", "number", name=op.f("uq_proposals_version_proposal_id_number")
        ),
        _key("version", "proposal_id"),
    )
    op.create_table(
        "proposals_milestone",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("reached_at", AT, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("proposal_id", "level", name=op.f("pk_proposals_milestone")),
        _key("milestone", "proposal_id"),
    )
    op.create_table(
        "proposals_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid()),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("by_id", sa.Uuid()),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary()),
        sa.Column("is_internal", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals_line")),
        sa.UniqueConstraint("request_id", name=op.f("uq_proposals_line_request_id")),
        _key("line", "case_id"),
    )
    op.create_index("ix_proposals_line_case", "proposals_line", ["case_id", "at"])
    op.create_index(op.f("ix_proposals_line_by_id"), "proposals_line", ["by_id"])
    op.create_table(
        "proposals_counter",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "year", name=op.f("pk_proposals_counter")),
    )


def downgrade() -> None:
    for table in ("counter", "line", "milestone", "version", "proposal"):
        op.drop_table(f"proposals_{table}")
