"""Elections with their rolls and boards. The board is added to and read, nothing else."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "voting_t0001"
down_revision = None
branch_labels = ("voting",)
depends_on = None
MOMENT = sa.DateTime(timezone=True)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "voting_election",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        *map(_text, ("slug", "uuid", "title", "intro", "places", "decision")),
        sa.Column("is_trial", sa.Boolean(), nullable=False),
        sa.Column("questions", JSONB(), nullable=False),
        sa.Column("opens_at", MOMENT, nullable=False),
        sa.Column("closes_at", MOMENT, nullable=False),
        *map(_text, ("credentials", "roll_hash", "trustees", "raw", "stage", "fault", "outcome")),
        *map(_number, ("roll_size", "trustee_count", "threshold", "epoch")),
        sa.Column("announced_at", MOMENT),
        sa.Column("result", JSONB()),
        _number("voters", nullable=True),
        sa.Column("paper", JSONB()),
        _number("paper_voters", nullable=True),
        sa.Column("lists", JSONB()),
        sa.Column("is_control", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voting_election")),
        sa.UniqueConstraint("request_id", name=op.f("uq_voting_election_request_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_voting_election_slug")),
    )
    op.create_index(op.f("ix_voting_election_closes_at"), "voting_election", ["closes_at"])
    _roll()
    _board()


def _roll() -> None:
    op.create_table(
        "voting_credential",
        sa.Column("election_id", sa.Uuid(), nullable=False),
        _text("credential"),
        sa.Column("is_void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("election_id", "credential", name=op.f("pk_voting_credential")),
        _to_election("voting_credential"),
    )


def _board() -> None:
    op.create_table(
        "voting_event",
        sa.Column("election_id", sa.Uuid(), nullable=False),
        _number("height"),
        _text("kind"),
        sa.Column("texts", JSONB(), nullable=False),
        *map(_text, ("event", "event_hash", "payload_hash")),
        _text("credential", nullable=True),
        _text("body_hash", nullable=True),
        sa.PrimaryKeyConstraint("election_id", "height", name=op.f("pk_voting_event")),
        sa.UniqueConstraint(
            "election_id", "body_hash", name=op.f("uq_voting_event_election_id_body_hash")
        ),
        _to_election("voting_event"),
    )
    op.create_index("ix_voting_event_payload", "voting_event", ["election_id", "payload_hash"])
    op.create_index("ix_voting_event_credential", "voting_event", ["election_id", "credential"])
    # The role of the municipality carries the name of its schema.
    schema = op.get_bind().scalar(sa.text("SELECT current_schema()"))
    op.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON voting_event FROM "{schema}"')


def _to_election(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_election_id_voting_election")
    return sa.ForeignKeyConstraint(["election_id"], ["voting_election.id"], name=name)


def downgrade() -> None:
    for table in ("voting_event", "voting_credential", "voting_election"):
        op.drop_table(table)
