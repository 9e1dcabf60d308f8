"""What recording a look adds to a page that shows a person's data, in processor time.

The officer opens requests, each for the first time; half of them in a scope in which the recorder
does nothing. Both halves come in rounds that alternate, over the same rows. The processor is that
of the web process and of PostgreSQL apart; the officer's own request goes the way of every request.
"""

from __future__ import annotations

import time
from contextlib import contextmanager, nullcontext
from statistics import median
from unittest.mock import patch
from uuid import uuid4

from cost import processor_seconds
from region import BASE

from obshto.modules.personaldata.services.submission import RequestWords, send_request
from obshto.platform.permissions import Role
from obshto.platform.purposes import services
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import (
    STAFF,
    Profile,
    Proof,
    appoint,
    open_session,
    register_person,
    scope_named,
)

PAGES = 60  # of one side in one round
WITHOUT, WITH, AGAIN = "without", "with", "again in the sitting"
SURE = Proof(is_member=True, assurance=2)
PERSON = {
    "kind": "access",
    "words": "Искам копие",
    "name": "Проба Пробова",
    "channel": "counter",
    "identified": "card",
}


def bench(region, *, rounds):
    """Lines of the report."""
    slug = region.slugs[0]
    officer, took = _officer(region, slug), {}
    _opened(region, officer, _cases(region, slug))  # the first pages pay for what is made once
    for _ in range(rounds):
        cases = _cases(region, slug)
        for side, scope in (
            (WITHOUT, _unrecorded()),
            (WITH, nullcontext()),
            (AGAIN, nullcontext()),
        ):
            with scope:
                web, database = _opened(region, officer, cases)
            took.setdefault(side, []).append((web, database))
    for side in (WITH, AGAIN):
        pairs = list(zip(took[side], took[WITHOUT], strict=True))
        web, database = (median(a[at] - b[at] for a, b in pairs) for at in (0, 1))
        page = median(one[0] for one in took[WITHOUT])
        yield (
            f"a recorded look, {side}: {web:.2f} ms of processor in the web process (to a page of"
            f" {page:.1f}), {database:.2f} in PostgreSQL; rounds"
            f" {', '.join(f'{a[0] - b[0]:.2f}' for a, b in pairs)}"
        )


def _opened(region, officer, cases):
    """Milliseconds of processor a page: of this process, of PostgreSQL."""
    client, headers = officer
    before, used = processor_seconds(region.postmaster), time.process_time()
    for case in cases:
        answer = client.get(f"/console/personaldata/{case}", **headers)
        assert answer.status_code == 200, answer.status_code
    web, database = time.process_time() - used, processor_seconds(region.postmaster) - before
    return 1000 * web / len(cases), 1000 * database / len(cases)


@contextmanager
def _unrecorded():
    """Everything counts as looked at already, and nobody asks whether it is."""

    def known(uow, part, object_id, *, kinds=()):
        services._note(uow, (object_id,))
        return True

    with patch.object(services, "is_looking", known):
        yield


def _cases(region, slug):
    with region.app.app_context(), open_uow(scope_named(slug), Principal(name="bench")) as uow:
        rows = []
        for _ in range(PAGES):
            email = f"{uuid4().hex}@villages.example"
            told = RequestWords(email=email, **PERSON)
            rows.append(send_request(uow, told, request_id=uuid4()))
        uow.session.flush()
        return [row.id for row in rows]


def _officer(region, slug):
    with region.app.app_context():
        profile = Profile(issuer="test", subject="officer", name="Росица Пенкова", email=None)
        person_id = register_person(profile)
        with open_uow(scope_named(slug), Principal.system("bench")) as uow:
            appoint(uow, person_id, Role.DATA_PROTECTION_OFFICER)
        token = open_session(person_id, municipality=slug, term=STAFF, proof=SURE)
    client = region.app.test_client(use_cookies=False)
    headers = {"Cookie": f"session={token}"}
    return client, {"base_url": f"http://{slug}.{BASE}", "headers": headers}
