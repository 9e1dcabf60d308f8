"""Tables of results: the vote as it is counted, turnout, protocols, entries, duties."""

import sqlalchemy as sa
from alembic import op

revision = "results_t0001"
down_revision = None
branch_labels = ("results",)
depends_on = None

NUMBERS = ("listed", "signed", "ballots", "yes", "no", "invalid", "complaints")
ANNOUNCED = ("voters", "participants", "yes", "no", "invalid", "council_votes")


def version():
    return sa.Column("version", sa.Integer(), server_default="1", nullable=False)


def words(name):
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def moment(name, *, nullable=False):
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "results_night",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vote_id", sa.Uuid(), nullable=False),
        sa.Column("vote_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("is_together", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("code_round", sa.Integer(), server_default="0", nullable=False),
        moment("reported_at", nullable=True),
        sa.Column("announced_on", sa.Date()),
        words("decision"),
        *(sa.Column(name, sa.Integer()) for name in ANNOUNCED),
        sa.Column("is_adopted", sa.Boolean()),
        moment("changed_at"),
        version(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_results_night")),
        sa.UniqueConstraint("vote_id", name=op.f("uq_results_night_vote_id")),
    )
    op.create_table(
        "results_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("night_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        moment("at"),
        sa.Column("by_id", sa.Uuid()),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_results_step")),
        sa.ForeignKeyConstraint(
            ["night_id"], ["results_night.id"], name=op.f("fk_results_step_night_id")
        ),
    )
    op.create_index("ix_results_step_night", "results_step", ["night_id", "happened_on"])
    op.create_index(op.f("ix_results_step_by_id"), "results_step", ["by_id"])
    op.create_table(
        "results_turnout",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vote_id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("voted", sa.Integer(), nullable=False),
        moment("at"),
        sa.Column("by_id", sa.Uuid()),
        version(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_results_turnout")),
        sa.UniqueConstraint(
            "vote_id",
            "section_id",
            "hour",
            name=op.f("uq_results_turnout_vote_id_section_id_hour"),
        ),
    )
    op.create_index(op.f("ix_results_turnout_by_id"), "results_turnout", ["by_id"])
    op.create_table(
        "results_protocol",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vote_id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), server_default="0", nullable=False),
        words("words"),
        sa.Column("file_id", sa.Uuid()),
        sa.Column("file_digest", sa.LargeBinary()),
        moment("handed_at", nullable=True),
        *(sa.Column(name, sa.Integer()) for name in NUMBERS),
        version(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_results_protocol")),
        sa.UniqueConstraint(
            "vote_id", "section_id", name=op.f("uq_results_protocol_vote_id_section_id")
        ),
    )
    op.create_table(
        "results_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("protocol_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in NUMBERS),
        moment("entered_at"),
        sa.Column("by_id", sa.Uuid()),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_results_entry")),
        sa.UniqueConstraint("request_id", name=op.f("uq_results_entry_request_id")),
        sa.UniqueConstraint(
            "protocol_id",
            "round",
            "place",
            name=op.f("uq_results_entry_protocol_id_round_place"),
        ),
        sa.ForeignKeyConstraint(
            ["protocol_id"], ["results_protocol.id"], name=op.f("fk_results_entry_protocol_id")
        ),
    )
    op.create_index(op.f("ix_results_entry_by_id"), "results_entry", ["by_id"])
    op.create_table(
        "results_duty",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("night_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "title", "owes")),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date()),
        words("proof"),
        sa.Column("dropped_on", sa.Date()),
        words("reason"),
        moment("written_at"),
        version(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_results_duty")),
        sa.UniqueConstraint("request_id", name=op.f("uq_results_duty_request_id")),
        sa.ForeignKeyConstraint(
            ["night_id"], ["results_night.id"], name=op.f("fk_results_duty_night_id")
        ),
    )
    op.create_index("ix_results_duty_night", "results_duty", ["night_id", "due_on"])


def downgrade() -> None:
    for table in ("duty", "entry", "protocol", "turnout", "step", "night"):
        op.drop_table(f"results_{table}")
