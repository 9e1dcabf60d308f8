"""Whoever waits for a turn is told when it comes, and does not wait for the next look."""

from alembic import op

revision = "jobs_s0002"
down_revision = "jobs_s0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The queue tells its workers of new jobs only; otherwise they look every five seconds, and a
    # hundred jobs that go in turn would take minutes.
    op.execute(
        "CREATE TRIGGER next_in_turn AFTER UPDATE OF status ON queue.procrastinate_jobs"
        " FOR EACH ROW WHEN (OLD.status = 'doing' AND NEW.status <> 'doing' AND NEW.lock <> '')"
        " EXECUTE FUNCTION queue.procrastinate_notify_queue_job_inserted_v1()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER next_in_turn ON queue.procrastinate_jobs")
