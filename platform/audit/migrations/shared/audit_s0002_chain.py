"""The region's list becomes a chain too; what stands there is linked in the order of time."""

import sqlalchemy as sa
from alembic import op

revision = "audit_s0002"
down_revision = "audit_s0001"
branch_labels = None
depends_on = None

# Keep the words in step with `BROKEN` in audit/services.py.
LINK = """sha256({row}.previous || convert_to(concat_ws('|', {row}.seq, {row}.id,
        to_char({row}.at AT TIME ZONE 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        coalesce({row}.person_id::text, ''), {row}.person_name, {row}.act,
        coalesce({row}.municipality, ''), {row}.detail::text), 'UTF8'))"""
FILL = f"""
DO $$ DECLARE
    entry audit_entry;
    last bytea := '\\x00';
    number bigint := 0;
BEGIN
    FOR entry IN SELECT * FROM audit_entry ORDER BY id LOOP
        number := number + 1;
        entry.seq := number;
        entry.previous := last;
        last := {LINK.format(row="entry")};
        UPDATE audit_entry SET seq = number, previous = entry.previous, hash = last
        WHERE id = entry.id;
    END LOOP;
END $$
"""
# The lock makes one chain out of writers that come together; it is taken last in each transaction.
CHAIN = f"""
CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    last record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('audit'), hashtext(TG_TABLE_SCHEMA));
    SELECT seq, hash INTO last FROM audit_entry ORDER BY seq DESC LIMIT 1;
    NEW.seq := coalesce(last.seq, 0) + 1;
    NEW.previous := coalesce(last.hash, '\\x00'::bytea);
    NEW.hash := {LINK.format(row="NEW")};
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.add_column("audit_entry", sa.Column("seq", sa.BigInteger()))
    op.add_column("audit_entry", sa.Column("previous", sa.LargeBinary()))
    op.add_column("audit_entry", sa.Column("hash", sa.LargeBinary()))
    op.execute("SET LOCAL statement_timeout = 0")  # a region of years is read once
    op.execute(FILL)
    op.execute("SET LOCAL statement_timeout = '60s'")  # as for every other migration
    for column in ("seq", "previous", "hash"):
        op.alter_column("audit_entry", column, nullable=False)
    op.create_unique_constraint(op.f("uq_audit_entry_seq"), "audit_entry", ["seq"])
    op.create_index(op.f("ix_audit_entry_act_id"), "audit_entry", ["act", "id"])
    op.execute(CHAIN)
    op.execute(
        "CREATE TRIGGER audit_chain BEFORE INSERT ON audit_entry"
        " FOR EACH ROW EXECUTE FUNCTION audit_chain()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER audit_chain ON audit_entry")
    op.execute("DROP FUNCTION audit_chain()")
    op.drop_index(op.f("ix_audit_entry_act_id"), "audit_entry")
    for column in ("seq", "previous", "hash"):
        op.drop_column("audit_entry", column)
