"""The register of dogs: a dog, who keeps it, what happened to it."""

import sqlalchemy as sa
from alembic import op

revision = "eservices_t0006"
down_revision = "eservices_t0005"
branch_labels = None
depends_on = None

TEXT, DAY, BYTES = sa.Text(), sa.Date(), sa.LargeBinary()


def upgrade() -> None:
    _add_dog()
    _add_keeping()
    _add_entry()


def downgrade() -> None:
    for table in ("dog_entry", "keeping", "dog"):
        op.drop_table(f"eservices_{table}")


def _add_dog() -> None:
    op.create_table(
        "eservices_dog",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("register_no", TEXT, nullable=False),
        *(sa.Column(name, BYTES, nullable=False) for name in ("chip", "chip_index", "answers")),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("is_neutered", sa.Boolean(), nullable=False),
        sa.Column("entered_on", DAY, nullable=False),
        *(
            sa.Column(name, DAY)
            for name in ("ended_on", "vaccinated_on", "vaccinate_by", "reminded_for")
        ),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eservices_dog")),
        sa.UniqueConstraint("chip_index", name=op.f("uq_eservices_dog_chip_index")),
    )
    op.create_index("ix_eservices_dog_state", "eservices_dog", ["state", "vaccinate_by"])


def _add_keeping() -> None:
    op.create_table(
        "eservices_keeping",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dog_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("number_index", BYTES),
        sa.Column("answers", BYTES, nullable=False),
        sa.Column("since", DAY, nullable=False),
        sa.Column("until", DAY),
        sa.Column("is_declared", sa.Boolean(), nullable=False),
        sa.Column("exempt", TEXT, nullable=False),
        sa.Column("charged_year", sa.Integer()),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eservices_keeping")),
        sa.ForeignKeyConstraint(
            ["dog_id"], ["eservices_dog.id"], name=op.f("fk_eservices_keeping_dog_id")
        ),
    )
    for column in ("dog_id", "person_id", "number_index"):
        op.create_index(op.f(f"ix_eservices_keeping_{column}"), "eservices_keeping", [column])
    # One keeper at a time.
    op.create_index(
        "uq_eservices_keeping_open",
        "eservices_keeping",
        ["dog_id"],
        unique=True,
        postgresql_where=sa.text("until IS NULL"),
    )


def _add_entry() -> None:
    op.create_table(
        "eservices_dog_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid()),
        sa.Column("dog_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid()),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid()),
        sa.Column("by_name", TEXT, nullable=False),
        sa.Column("purpose", TEXT, nullable=False),
        sa.Column("words", BYTES),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eservices_dog_entry")),
        sa.UniqueConstraint("request_id", name=op.f("uq_eservices_dog_entry_request_id")),
        *(
            sa.ForeignKeyConstraint(
                [f"{owner}_id"],
                [f"eservices_{owner}.id"],
                name=op.f(f"fk_eservices_dog_entry_{owner}_id"),
            )
            for owner in ("dog", "case")
        ),
    )
    op.create_index("ix_eservices_dog_entry_dog", "eservices_dog_entry", ["dog_id", "at"])
    for column in ("by_id", "case_id"):
        op.create_index(op.f(f"ix_eservices_dog_entry_{column}"), "eservices_dog_entry", [column])
