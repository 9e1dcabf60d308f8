"""The application with some bad luck: every third public write draws a page and then fails.

As a view would that shows what it has written, before a conflict is noticed at the COMMIT. What
was refused may be seen by nobody.
"""

from itertools import count

from flask import request
from sqlalchemy.orm.exc import StaleDataError

from obshto.ops import compose
from obshto.ops.config import read_config
from obshto.platform.modularity.registry import components_here
from obshto.platform.web.fragment_store import FragmentStore
from obshto.platform.web.fragments import share_fragments
from obshto.tenants.portal.home import home_blocks

_writes = count(1)
_get = FragmentStore.get


def get(store, key):
    """Who writes looks at what it has written, not at what was kept before."""
    return None if request.method == "POST" else _get(store, key)


def draw_and_fail(uow):
    """The first of the before-commit hooks."""
    if uow.scope and any(fact.is_public for fact in uow.facts):
        uow.session.flush()
        home_blocks(components_here(), ())
        if next(_writes) % 3 == 0:
            raise StaleDataError


FragmentStore.get = get
compose.BEFORE_COMMIT_HOOKS = (draw_and_fail, *compose.BEFORE_COMMIT_HOOKS)
app = compose.compose(read_config())
share_fragments(app)
