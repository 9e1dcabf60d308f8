"""Tables of polling: sections, their addresses, commissions, materials."""

import sqlalchemy as sa
from alembic import op

revision = "polling_t0001"
down_revision = None
branch_labels = ("polling",)
depends_on = None

SECTION = ["polling_section.id"]


def upgrade() -> None:
    op.create_table(
        "polling_section",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("settlement", sa.Text(), nullable=False),
        sa.Column("is_accessible", sa.Boolean(), nullable=False),
        sa.Column("entrance", sa.Text(), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.Column("is_closed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polling_section")),
        sa.UniqueConstraint("request_id", name=op.f("uq_polling_section_request_id")),
    )
    op.create_index(
        "uq_polling_section_open",
        "polling_section",
        ["number"],
        unique=True,
        postgresql_where=sa.text("NOT is_closed"),
    )
    op.create_table(
        "polling_address",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("settlement", sa.Text(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("street_key", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polling_address")),
        sa.UniqueConstraint("request_id", name=op.f("uq_polling_address_request_id")),
        sa.ForeignKeyConstraint(
            ["section_id"], SECTION, name=op.f("fk_polling_address_section_id")
        ),
    )
    op.create_index(op.f("ix_polling_address_section_id"), "polling_address", ["section_id"])
    op.create_index("ix_polling_address_street", "polling_address", ["settlement", "street_key"])
    op.create_table(
        "polling_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("vote_id", sa.Uuid(), nullable=False),
        sa.Column("vote_on", sa.Date(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("phone", sa.LargeBinary()),
        sa.Column("trained_on", sa.Date()),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Uuid()),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polling_member")),
        sa.UniqueConstraint("request_id", name=op.f("uq_polling_member_request_id")),
        sa.ForeignKeyConstraint(["section_id"], SECTION, name=op.f("fk_polling_member_section_id")),
    )
    for column in ("vote_on", "section_id", "entered_by_id"):
        op.create_index(op.f(f"ix_polling_member_{column}"), "polling_member", [column])
    op.create_index("ix_polling_member_vote", "polling_member", ["vote_id", "section_id"])
    op.create_index(
        "uq_polling_member_office",
        "polling_member",
        ["vote_id", "section_id", "office"],
        unique=True,
        postgresql_where=sa.text("office <> 'member'"),
    )
    op.create_table(
        "polling_materials",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vote_id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("ballots", "envelopes", "protocols", "lists", "boxes", "booths")
        ),
        sa.Column("first_seal", sa.Integer()),
        sa.Column("last_seal", sa.Integer()),
        sa.Column("packed_on", sa.Date()),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polling_materials")),
        sa.UniqueConstraint(
            "vote_id", "section_id", name=op.f("uq_polling_materials_vote_id_section_id")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], SECTION, name=op.f("fk_polling_materials_section_id")
        ),
    )
    op.create_index(op.f("ix_polling_materials_section_id"), "polling_materials", ["section_id"])


def downgrade() -> None:
    for table in ("materials", "member", "address", "section"):
        op.drop_table(f"polling_{table}")
