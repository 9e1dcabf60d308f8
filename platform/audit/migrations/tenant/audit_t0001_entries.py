"""The log of a municipality: a chain that can be added to and read, nothing else."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "audit_t0001"
down_revision = None
branch_labels = ("audit",)
depends_on = None

# Keep the words in step with `BROKEN` in audit/services.py. The lock makes one chain out of
# writers that come together; it is let go at the end of the transaction.
CHAIN = """
CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    last record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('audit'), hashtext(TG_TABLE_SCHEMA));
    SELECT seq, hash INTO last FROM audit_entry ORDER BY seq DESC LIMIT 1;
    NEW.seq := coalesce(last.seq, 0) + 1;
    NEW.previous := coalesce(last.hash, '\\x00'::bytea);
    NEW.hash := sha256(NEW.previous || convert_to(concat_ws('|', NEW.seq, NEW.id,
        to_char(NEW.at AT TIME ZONE 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        coalesce(NEW.person_id::text, ''), NEW.person_name, NEW.act,
        coalesce(NEW.subject_id::text, ''), NEW.detail::text), 'UTF8'));
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid()),
        sa.Column("detail", JSONB(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("seq", name=op.f("uq_audit_entry_seq")),
    )
    op.execute(CHAIN)
    op.execute(
        "CREATE TRIGGER audit_chain BEFORE INSERT ON audit_entry"
        " FOR EACH ROW EXECUTE FUNCTION audit_chain()"
    )
    # The role of the municipality carries the name of its schema.
    schema = op.get_bind().scalar(sa.text("SELECT current_schema()"))
    op.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM "{schema}"')


def downgrade() -> None:
    op.drop_table("audit_entry")
    op.execute("DROP FUNCTION audit_chain()")
