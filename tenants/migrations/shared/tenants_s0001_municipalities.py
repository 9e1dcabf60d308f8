"""Municipalities, settlements, people, their sessions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "tenants_s0001"
down_revision = None
branch_labels = ("tenants",)
depends_on = None

# Called last in a transaction that changed something public. The row of the municipality is the
# clock of its cached pages; a sequence would run ahead of what has been committed.
TOUCH = """
CREATE FUNCTION touch() RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = shared, pg_temp AS $$
    UPDATE shared.tenant SET version = version + 1
    WHERE 't_' || replace(slug, '-', '_') = current_setting('role')
$$
"""


def upgrade() -> None:
    _municipalities()
    _people()
    op.execute(TOUCH)
    op.execute("REVOKE EXECUTE ON FUNCTION touch() FROM PUBLIC")
    op.execute("GRANT USAGE ON SCHEMA shared TO app_login")
    op.execute("GRANT SELECT ON tenant, region, settlement TO app_login")
    op.execute("GRANT UPDATE (modules, version) ON tenant TO app_login")
    op.execute("GRANT UPDATE (version) ON region TO app_login")
    op.execute("GRANT SELECT, INSERT, UPDATE ON person TO app_login")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON session TO app_login")


def _municipalities() -> None:
    op.create_table(
        "tenant",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("titles", JSONB(), nullable=False),
        sa.Column("names", JSONB(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("languages", ARRAY(sa.Text()), nullable=False),
        sa.Column("modules", ARRAY(sa.Text()), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("contact", JSONB(), nullable=False),
        sa.Column("facts", JSONB(), nullable=False),
        sa.Column("domain", sa.Text()),
        sa.Column("node", sa.Text()),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_tenant")),
        sa.UniqueConstraint("domain", name=op.f("uq_tenant_domain")),
    )
    op.create_table(
        "region",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region")),
    )
    op.execute("INSERT INTO region (id) VALUES (1)")
    op.create_table(
        "settlement",
        sa.Column("ekatte", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("names", JSONB(), nullable=False),
        sa.Column("postal_code", sa.Text()),
        sa.Column("is_seat", sa.Boolean(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ekatte", name=op.f("pk_settlement")),
    )
    op.create_index(op.f("ix_settlement_municipality"), "settlement", ["municipality"])


def _people() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("subject", name=op.f("uq_person_subject")),
    )
    op.create_table(
        "session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("assurance", sa.Integer(), nullable=False),
        sa.Column("idp_session", sa.Text()),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idle_ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_session")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_session_person_id"), ondelete="CASCADE"
        ),
    )
    op.create_index(op.f("ix_session_person_id"), "session", ["person_id"])
    op.create_index(op.f("ix_session_idp_session"), "session", ["idp_session"])


def downgrade() -> None:
    op.execute("DROP FUNCTION touch()")
    for table in ("session", "person", "settlement", "region", "tenant"):
        op.drop_table(table)
