"""A municipality may ask for jobs of the worker alone: the keeper's queues are the region's."""

import importlib.util
from pathlib import Path

from alembic import op

revision = "jobs_s0003"
down_revision = "jobs_s0002"
branch_labels = None
depends_on = None

# Whoever writes into the keeper's queue gives orders to the owner's login.
CHECK = """
        IF role <> 'none' AND coalesce(job->>'queue', 'default') <> 'default' THEN
            RAISE insufficient_privilege USING MESSAGE = 'a queue of the region';
        END IF;
        here := ':'"""


def _first() -> str:
    """The function as the first revision made it."""
    path = Path(__file__).with_name("jobs_s0001_queue.py")
    found = importlib.util.spec_from_file_location("jobs_s0001", path)
    assert found and found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return str(module.ENQUEUE).replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


def function() -> str:
    """The function as it is from here on."""
    return _first().replace("\n        here := ':'", CHECK, 1)


def upgrade() -> None:
    op.execute(function())


def downgrade() -> None:
    op.execute(_first())
