"""Supports a thing as sixteen people in turn and says so of each: a process to be killed."""

import os
import sys
from uuid import UUID, uuid4

from obshto.ops.compose import compose
from obshto.ops.config import read_config
from obshto.platform.support.services import Supporter, give_support
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

PEOPLE = 16


def main(slug, thing):
    app = compose(read_config(os.environ))
    for number in range(PEOPLE):
        with app.app_context(), open_uow(scope_named(slug), Principal.system("test")) as uow:
            who = Supporter(email=f"{number}@villages.example")
            give_support(uow, "proposals", UUID(thing), who, request_id=uuid4())
        print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
