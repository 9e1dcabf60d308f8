"""Recorded looks are added and read, nothing else; erasure and retention have a function each."""

import sqlalchemy as sa
from alembic import op

revision = "purposes_t0003"
down_revision = "purposes_t0002"
branch_labels = None
depends_on = None

# A body of the SQL standard is bound to its tables when it is made: no search path can lead it
# elsewhere, and it follows a schema that is renamed. Five years in step with `KEPT` in services.py.
PERSON = """
CREATE FUNCTION purposes_forget_person(known bytea[]) RETURNS void
LANGUAGE sql SECURITY DEFINER
BEGIN ATOMIC
    UPDATE purposes_look
    SET subject_index = ARRAY(SELECT one FROM unnest(subject_index) one WHERE one <> ALL (known))
    WHERE subject_index && known;
END
"""
OFFICIAL = """
CREATE FUNCTION purposes_forget_official(who uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER
BEGIN ATOMIC
    UPDATE purposes_look SET by_id = NULL, by_name = '' WHERE by_id = who;
END
"""
OLD = """
CREATE FUNCTION purposes_forget_old(before timestamptz, most integer) RETURNS SETOF uuid
LANGUAGE sql SECURITY DEFINER
BEGIN ATOMIC
    DELETE FROM purposes_look WHERE id IN (
        SELECT id FROM purposes_look
        WHERE at < least(before, now() - interval '1825 days') ORDER BY at, id LIMIT most
    ) RETURNING id;
END
"""
NAMES = (
    "purposes_forget_person(bytea[])",
    "purposes_forget_official(uuid)",
    "purposes_forget_old(timestamptz, integer)",
)


def upgrade() -> None:
    # The role of the municipality carries the name of its schema.
    schema = op.get_bind().scalar(sa.text("SELECT current_schema()"))
    for body in (PERSON, OFFICIAL, OLD):
        op.execute(body)
    for name in NAMES:
        op.execute(f"REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC")
        op.execute(f'GRANT EXECUTE ON FUNCTION {name} TO "{schema}"')
    op.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON purposes_look FROM "{schema}"')


def downgrade() -> None:
    schema = op.get_bind().scalar(sa.text("SELECT current_schema()"))
    op.execute(f'GRANT UPDATE, DELETE ON purposes_look TO "{schema}"')
    for name in NAMES:
        op.execute(f"DROP FUNCTION {name}")
