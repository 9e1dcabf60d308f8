"""Posts, how they stand on each channel, the channels; the feeds that are read."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "feeds_t0001"
down_revision = None
branch_labels = ("feeds",)
depends_on = None


def upgrade() -> None:
    _post()
    _delivery()
    _channel()
    _source()
    _item()


def _need(name: str, kind: object) -> sa.Column:
    return sa.Column(name, kind, nullable=False)


def _text(*names: str) -> list[sa.Column]:
    return [_need(name, sa.Text()) for name in names]


def _moment(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.DateTime(timezone=True)) for name in names]


def _version() -> sa.Column:
    return sa.Column("version", sa.Integer(), server_default="1", nullable=False)


def _keys(table: str, *unique: str) -> list[sa.Constraint]:
    keys: list[sa.Constraint] = [sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))]
    if unique:
        name = op.f(f"uq_{table}_{'_'.join(unique)}")
        keys.append(sa.UniqueConstraint(*unique, name=name))
    return keys


def _post() -> None:
    op.create_table(
        "feeds_post",
        _need("id", sa.Uuid()),
        _version(),
        _need("request_id", sa.Uuid()),
        sa.Column("part", sa.Text()),
        sa.Column("object_id", sa.Uuid()),
        *_text("title", "summary", "path", "place", "picture_alt", "changed_by", "approved_by"),
        *_moment("until", "send_at", "submitted_at", "sent_at", "withdrawn_at"),
        _need("is_own_words", sa.Boolean()),
        _need("is_urgent", sa.Boolean()),
        sa.Column("picture_id", sa.Uuid()),
        _need("targets", ARRAY(sa.Text())),
        _need("edition", sa.Integer()),
        sa.Column("approved_edition", sa.Integer()),
        _need("shown", JSONB()),
        _need("written_at", sa.DateTime(timezone=True)),
        _need("changed_at", sa.DateTime(timezone=True)),
        sa.Column("changed_by_id", sa.Uuid()),
        sa.Column("approved_by_id", sa.Uuid()),
        sa.Column("author_id", sa.Uuid()),
        *_keys("feeds_post", "request_id"),
    )
    op.create_index(
        "uq_feeds_post_thing",
        "feeds_post",
        ["part", "object_id"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL AND part IS NOT NULL"),
    )
    op.create_index("ix_feeds_post_written_at", "feeds_post", [sa.text("written_at DESC")])
    for name in ("changed_by_id", "approved_by_id", "author_id"):
        op.create_index(op.f(f"ix_feeds_post_{name}"), "feeds_post", [name])


def _delivery() -> None:
    op.create_table(
        "feeds_delivery",
        _need("id", sa.Uuid()),
        _need("post_id", sa.Uuid()),
        *_text("target", "state", "trouble", "remote_id", "remote_address"),
        _need("edition", sa.Integer()),
        _need("tries", sa.Integer()),
        *_moment("due_at", "asked_at"),
        _need("changed_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["feeds_post.id"],
            ondelete="CASCADE",
            name=op.f("fk_feeds_delivery_post_id"),
        ),
        *_keys("feeds_delivery", "post_id", "target"),
    )
    op.create_index(
        "ix_feeds_delivery_due",
        "feeds_delivery",
        ["due_at"],
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )


def _channel() -> None:
    op.create_table(
        "feeds_channel",
        _need("id", sa.Uuid()),
        _version(),
        _need("request_id", sa.Uuid()),
        *_text("kind", "address", "account", "trouble"),
        _need("limit", sa.Integer()),
        _need("secret", sa.LargeBinary()),
        _need("added_at", sa.DateTime(timezone=True)),
        *_moment("checked_at"),
        *_keys("feeds_channel", "request_id"),
    )


def _source() -> None:
    op.create_table(
        "feeds_source",
        _need("id", sa.Uuid()),
        _version(),
        _need("request_id", sa.Uuid()),
        *_text("kind", "title", "address", "page", "etag", "modified", "trouble"),
        _need("added_at", sa.DateTime(timezone=True)),
        _need("due_at", sa.DateTime(timezone=True)),
        *_moment("fetched_at"),
        _need("failures", sa.Integer()),
        *_keys("feeds_source", "request_id"),
        sa.UniqueConstraint("address", name=op.f("uq_feeds_source_address")),
    )


def _item() -> None:
    op.create_table(
        "feeds_item",
        _need("id", sa.Uuid()),
        _need("source_id", sa.Uuid()),
        *_text("guid", "title", "text", "link", "picture", "picture_alt"),
        sa.Column("picture_id", sa.Uuid()),
        _need("published_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["feeds_source.id"],
            ondelete="CASCADE",
            name=op.f("fk_feeds_item_source_id"),
        ),
        *_keys("feeds_item", "source_id", "guid"),
    )
    op.create_index("ix_feeds_item_published_at", "feeds_item", [sa.text("published_at DESC")])


def downgrade() -> None:
    for name in ("item", "source", "channel", "delivery", "post"):
        op.drop_table(f"feeds_{name}")
