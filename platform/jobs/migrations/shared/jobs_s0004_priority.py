"""A job for which nobody waits says so; none can go before what people wait for."""

import importlib.util
from pathlib import Path

from alembic import op

revision = "jobs_s0004"
down_revision = "jobs_s0003"
branch_labels = None
depends_on = None

ZERO = "job->>'task', 0,"
LOWER = "job->>'task', least(coalesce((job->>'priority')::integer, 0), 0),"


def _third() -> str:
    """The function as the third revision left it."""
    path = Path(__file__).with_name("jobs_s0003_one_queue.py")
    found = importlib.util.spec_from_file_location("jobs_s0003", path)
    assert found and found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return str(module.function())


def upgrade() -> None:
    op.execute(_third().replace(ZERO, LOWER, 1))


def downgrade() -> None:
    op.execute(_third())
