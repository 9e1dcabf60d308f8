"""Brings what is due to its networks, once: a process to be killed. `courier.py VILLAGE HOST`"""

import os
import sys

from obshto.modules.feeds.services.delivery import deliver
from obshto.ops.compose import compose
from obshto.ops.config import read_config
from obshto.platform.fetching.guard import GUARD, Guard
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named


def main(slug, host):
    app = compose(read_config(os.environ))
    app.extensions[GUARD] = Guard(trusted=frozenset([host]))
    with app.app_context(), open_uow(scope_named(slug), Principal.system("test")) as uow:
        deliver(uow)


if __name__ == "__main__":
    main(*sys.argv[1:])
