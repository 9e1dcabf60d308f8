"""Guides with their versions, files and readings; campaigns with their leaflets."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "guides_t0001"
down_revision = None
branch_labels = ("guides",)
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _texts(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _moments(*names: str, nullable: bool = False) -> list[sa.Column]:
    return [sa.Column(name, MOMENT, nullable=nullable) for name in names]


def _ids(*names: str, nullable: bool = False) -> list[sa.Column]:
    return [sa.Column(name, sa.Uuid(), nullable=nullable) for name in names]


def _days(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Date(), nullable=False) for name in names]


def _number(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False)


def _version_column() -> sa.Column:
    return sa.Column("version", sa.Integer(), server_default="1", nullable=False)


def _keys(table: str) -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_guides_{table}")),
        sa.UniqueConstraint("request_id", name=op.f(f"uq_guides_{table}_request_id")),
    ]


def _of(table: str, owner: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_guides_{table}_{owner}_id")
    return sa.ForeignKeyConstraint([f"{owner}_id"], [f"guides_{owner}.id"], name=name)


def upgrade() -> None:
    _guide()
    _version()
    _attachment()
    _reading()
    _campaign()


def _guide() -> None:
    op.create_table(
        "guides_guide",
        *_ids("id", "request_id"),
        *_ids("translation_of", "author_id", "changed_by_id", nullable=True),
        *_texts("language", "title", "summary", "markdown", "html", "changed_by"),
        *_texts("leads_to", "video"),
        *_moments("written_at", "changed_at"),
        *_moments("published_at", "until", "deleted_at", nullable=True),
        _version_column(),
        *_keys("guide"),
        sa.ForeignKeyConstraint(
            ["translation_of"], ["guides_guide.id"], name=op.f("fk_guides_guide_translation_of")
        ),
    )
    for name in ("deleted_at", "author_id", "changed_by_id"):
        op.create_index(op.f(f"ix_guides_guide_{name}"), "guides_guide", [name])
    op.create_index(
        "uq_guides_guide_translation",
        "guides_guide",
        ["translation_of", "language"],
        unique=True,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_guides_guide_title",
        "guides_guide",
        ["title"],
        postgresql_where=sa.text("deleted_at IS NULL AND translation_of IS NULL"),
    )


def _version() -> None:
    op.create_table(
        "guides_version",
        *_ids("id", "guide_id"),
        *_texts("title", "summary", "markdown", "saved_by"),
        *_moments("saved_at", "replaced_at"),
        *_ids("saved_by_id", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guides_version")),
        _of("version", "guide"),
    )
    newest_first = ["guide_id", sa.text("replaced_at DESC")]
    op.create_index("ix_guides_version_guide", "guides_version", newest_first)
    op.create_index(op.f("ix_guides_version_saved_by_id"), "guides_version", ["saved_by_id"])


def _attachment() -> None:
    op.create_table(
        "guides_attachment",
        *_ids("id", "request_id", "guide_id", "file_id"),
        *_texts("title"),
        sa.Column("is_picture", sa.Boolean(), nullable=False),
        *_moments("added_at"),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        _version_column(),
        *_keys("attachment"),
        _of("attachment", "guide"),
    )
    op.create_index(op.f("ix_guides_attachment_guide_id"), "guides_attachment", ["guide_id"])


def _reading() -> None:
    op.create_table(
        "guides_reading",
        *_ids("id", "request_id", "guide_id"),
        *_days("read_on"),
        *_texts("settlement"),
        sa.Column("was_useful", sa.Boolean(), nullable=False),
        *_keys("reading"),
        _of("reading", "guide"),
    )
    op.create_index(op.f("ix_guides_reading_guide_id"), "guides_reading", ["guide_id"])
    op.create_index("ix_guides_reading_day", "guides_reading", ["read_on", "settlement"])


def _campaign() -> None:
    op.create_table(
        "guides_campaign",
        *_ids("id", "request_id"),
        *_texts("title"),
        _number("goal"),
        *_days("starts_on", "ends_on"),
        sa.Column("settlements", ARRAY(sa.Text()), nullable=False),
        *_moments("changed_at"),
        _version_column(),
        *_keys("campaign"),
    )
    op.create_index(op.f("ix_guides_campaign_ends_on"), "guides_campaign", ["ends_on"])
    op.create_table(
        "guides_handout",
        *_ids("id", "request_id", "campaign_id"),
        *_days("given_on"),
        *_texts("settlement", "place"),
        _number("number"),
        _version_column(),
        *_keys("handout"),
        _of("handout", "campaign"),
    )
    op.create_index(op.f("ix_guides_handout_campaign_id"), "guides_handout", ["campaign_id"])


def downgrade() -> None:
    for name in ("handout", "campaign", "reading", "attachment", "version", "guide"):
        op.drop_table(f"guides_{name}")
