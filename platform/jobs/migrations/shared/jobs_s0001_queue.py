"""The queue, in a schema of its own, with one door for municipalities."""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "jobs_s0001"
down_revision = None
branch_labels = ("jobs",)
depends_on = None

# A municipality's transaction can't name another one: its role is what it is. The login itself
# (an act of the region) says for whom. A job that already waits under the same key is left alone.
ENQUEUE = """
CREATE FUNCTION queue.enqueue(jobs jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = queue, pg_temp AS $$
DECLARE
    role text := current_setting('role');
    job jsonb;
    args jsonb;
    here text;
BEGIN
    FOR job IN SELECT * FROM jsonb_array_elements(jobs) LOOP
        args := job->'args';
        IF role <> 'none' THEN
            args := args || jsonb_build_object(
                'municipality', replace(substr(role, 3), '_', '-'));
        END IF;
        here := ':' || coalesce(args->>'municipality', '');  -- nobody waits for a neighbour
        BEGIN
            PERFORM procrastinate_defer_jobs_v1(ARRAY[ROW(
                coalesce(job->>'queue', 'default'), job->>'task', 0, job->>'lock' || here,
                job->>'once' || here, args, NULL
            )::procrastinate_job_to_defer_v1]);
        EXCEPTION WHEN unique_violation THEN NULL;
        END;
    END LOOP;
END $$
"""

# „Once“ means while it waits. A job that has begun gives its key back: its twin may have been
# asked for since, and then neither a retry nor a rescue could put it among the waiting again.
FORGET_ONCE = """
CREATE FUNCTION queue.forget_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.queueing_lock := NULL;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.execute("CREATE SCHEMA queue")
    op.execute("SET LOCAL search_path = queue")
    # Many statements at once, with percent signs of their own: past SQLAlchemy's parameters.
    driver = op.get_bind().connection.driver_connection
    driver.execute(SchemaManager.get_schema())
    op.execute("SET LOCAL search_path = shared")
    op.execute(ENQUEUE)
    op.execute(FORGET_ONCE)
    op.execute(
        "CREATE TRIGGER forget_once BEFORE UPDATE OF status ON queue.procrastinate_jobs"
        " FOR EACH ROW WHEN (NEW.status = 'doing') EXECUTE FUNCTION queue.forget_once()"
    )
    op.execute("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA queue FROM PUBLIC")
    op.execute("GRANT USAGE ON SCHEMA queue TO app_login")
    for what in ("TABLES", "SEQUENCES", "FUNCTIONS"):
        op.execute(f"GRANT ALL ON ALL {what} IN SCHEMA queue TO app_login")


def downgrade() -> None:
    op.execute("DROP SCHEMA queue CASCADE")
