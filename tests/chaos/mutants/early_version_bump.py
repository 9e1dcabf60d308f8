"""A mutant of the application: the version rises before the change is there, as a sequence would.

Whoever reads between the two keeps the old page under the new version.
"""

from sqlalchemy import text

from obshto.ops import compose
from obshto.ops.config import read_config
from obshto.platform.db.session import shared_session

BUMP = text("UPDATE shared.tenant SET version = version + 1 WHERE slug = :slug")


def touch(uow):
    """What the real one does at the end, here at the beginning, in a transaction of its own."""
    if any(fact.is_public for fact in uow.facts) and uow.scope:
        with shared_session() as shared:
            shared.execute(BUMP, {"slug": uow.scope.slug})
            shared.commit()


compose.BEFORE_COMMIT_HOOKS = (touch, *compose.BEFORE_COMMIT_HOOKS[:-1])
app = compose.compose(read_config())
