"""Pages, their versions, files, answers and links."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "pages_t0001"
down_revision = None
branch_labels = ("pages",)
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _page()
    _version()
    _attachment()
    _answer()
    op.create_table(
        "pages_link",
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("is_broken", sa.Boolean(), nullable=False),
        sa.Column("looked_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("page_id", "address", name=op.f("pk_pages_link")),
        _of_page("link"),
    )


def _of_page(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_pages_{table}_page_id")
    return sa.ForeignKeyConstraint(["page_id"], ["pages_page.id"], name=name)


def _page() -> None:
    op.create_table(
        "pages_page",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("translation_of", sa.Uuid()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("markdown", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("details", JSONB(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_by_id", sa.Uuid()),
        sa.Column("author_id", sa.Uuid()),
        sa.Column("published_at", MOMENT),
        sa.Column("until", MOMENT),
        sa.Column("deleted_at", MOMENT),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages_page")),
        sa.ForeignKeyConstraint(
            ["translation_of"], ["pages_page.id"], name=op.f("fk_pages_page_translation_of")
        ),
        sa.UniqueConstraint("request_id", name=op.f("uq_pages_page_request_id")),
    )
    op.create_index(
        "uq_pages_page_translation",
        "pages_page",
        ["translation_of", "language"],
        unique=True,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_pages_page_section",
        "pages_page",
        ["section", "title"],
        postgresql_where=sa.text("deleted_at IS NULL AND translation_of IS NULL"),
    )
    op.create_index(
        "ix_pages_page_changed",
        "pages_page",
        [sa.text("changed_at DESC")],
        postgresql_where=sa.text("translation_of IS NULL"),
    )
    for column in ("author_id", "changed_by_id", "deleted_at"):
        op.create_index(op.f(f"ix_pages_page_{column}"), "pages_page", [column])


def _version() -> None:
    op.create_table(
        "pages_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("markdown", sa.Text(), nullable=False),
        sa.Column("details", JSONB(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("saved_by", sa.Text(), nullable=False),
        sa.Column("saved_by_id", sa.Uuid()),
        sa.Column("replaced_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages_version")),
        _of_page("version"),
    )
    newest_first = ["page_id", sa.text("replaced_at DESC")]
    op.create_index("ix_pages_version_page", "pages_version", newest_first)
    op.create_index(op.f("ix_pages_version_saved_by_id"), "pages_version", ["saved_by_id"])


def _attachment() -> None:
    op.create_table(
        "pages_attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("is_picture", sa.Boolean(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages_attachment")),
        _of_page("attachment"),
        sa.UniqueConstraint("request_id", name=op.f("uq_pages_attachment_request_id")),
    )
    op.create_index(op.f("ix_pages_attachment_page_id"), "pages_attachment", ["page_id"])


def _answer() -> None:
    op.create_table(
        "pages_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("is_clear", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("read_at", MOMENT),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages_answer")),
        _of_page("answer"),
        sa.UniqueConstraint("request_id", name=op.f("uq_pages_answer_request_id")),
    )
    op.create_index(op.f("ix_pages_answer_page_id"), "pages_answer", ["page_id"])
    op.create_index(
        "ix_pages_answer_unread",
        "pages_answer",
        ["given_on"],
        postgresql_where=sa.text("read_at IS NULL"),
    )


def downgrade() -> None:
    for table in ("link", "answer", "attachment", "version", "page"):
        op.drop_table(f"pages_{table}")
