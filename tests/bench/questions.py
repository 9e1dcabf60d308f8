"""A step of a service of 120 questions against one of 10: the same page of ten questions."""

from __future__ import annotations

import re
import time
from statistics import median
from uuid import uuid4

from queueing import switch_on
from sqlalchemy import Engine, event

from obshto.modules.eservices.services.design import designs, steps
from obshto.modules.eservices.services.design.conditions import Comparison, condition_of
from obshto.modules.eservices.services.design.origins import blank_design
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import CITIZEN, Profile, Proof, open_session, register_person, scope_named

FEW, MANY, ON_A_STEP = 10, 120, 10
REQUESTS = 20  # of each page in a round


def bench(region, *, rounds):
    """Lines of the report: statements, and processor time of Python, of the step page."""
    slug = region.slugs[0]
    switch_on(region, "news", "eservices")
    keys = _published(region, slug)
    client = _citizen(region, slug)
    pages = {number: _begun(client, slug, key) for number, key in keys.items()}
    statements = {number: _statements(client, slug, page) for number, page in pages.items()}
    took = {number: [] for number in pages}
    for turn in range(rounds + 1):
        for number, page in pages.items():
            seconds = _processor(client, slug, page)
            took[number] += [seconds] if turn else []  # the first round fills what is kept
    ratios = [many / few for many, few in zip(took[MANY], took[FEW], strict=True)]
    yield (
        f"a step of {ON_A_STEP} out of {MANY} questions: {statements[MANY]} statements"
        f" ({statements[FEW]} of {FEW} questions), {1000 * median(took[MANY]):.1f} ms of processor"
        f" ({1000 * median(took[FEW]):.1f}),"
        f" {median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f}) of the short one"
    )


def _published(region, slug):
    """The key of a service of so many questions, by their number."""
    found = {}
    with region.app.app_context(), open_uow(scope_named(slug), Principal.system("bench")) as uow:
        for number in (FEW, MANY):
            row = designs.start_design(uow, _design(number), request_id=uuid4())
            uow.session.flush()
            designs.publish_design(uow, row, "Проба", expected_version=row.version)
            found[number] = row.key
    return found


def _design(number):
    """Steps of ten; every fifth question of a later step hangs on the first answer."""
    design = blank_design({"bg": f"С {number} въпроса"}, "people")
    design["about"]["law"] = "Наредба"
    design["offer"] = {"fee_cents": 0, "official": "Проба"}
    first = None
    for at in range(number):
        if at % ON_A_STEP == 0:
            step = steps.add_step(design, {"bg": f"Стъпка {at // ON_A_STEP + 1}"})
        when = None
        if first and at >= ON_A_STEP and at % 5 == 0:
            when = condition_of([Comparison(question=first, value="yes")], "and")
        kind = "yesno" if at == 0 else "text"
        asked = steps.DesignedQuestion(
            kind=kind, label={"bg": f"Въпрос {at}"}, required=False, when=when
        )
        name = steps.put_question(design, step, asked)
        first = first or name
    return design


def _citizen(region, slug):
    with region.app.app_context():
        profile = Profile(issuer="test", subject="citizen", name="Пена", email=None)
        token = open_session(
            register_person(profile), municipality=slug, term=CITIZEN, proof=Proof()
        )
    client = region.app.test_client()
    client.set_cookie("session", token, domain=f"{slug}.localhost")
    return client


def _begun(client, slug, key):
    """The address of the first step of the service's own, in a draft."""
    base = f"http://{slug}.localhost:8000"
    shown = client.get(f"/eservices/{key}/start", base_url=base).text
    boxes = re.findall(r'name="(csrf_token|request_id)"[^>]* value="([^"]+)"', shown)
    answer = client.post(f"/eservices/{key}/start", base_url=base, data=dict(boxes))
    assert answer.status_code == 303, answer.text[:500]
    return re.sub(r"/[a-z0-9-]+$", "/step-1", answer.location)


def _ask(client, slug, page):
    answer = client.get(page, base_url=f"http://{slug}.localhost:8000")
    assert answer.status_code == 200, (page, answer.status_code)


def _processor(client, slug, page):
    began = time.process_time()
    for _ in range(REQUESTS):
        _ask(client, slug, page)
    return (time.process_time() - began) / REQUESTS


def _statements(client, slug, page):
    said = []

    def hear(*args):
        said.append(args[2])

    event.listen(Engine, "before_cursor_execute", hear)
    _ask(client, slug, page)
    event.remove(Engine, "before_cursor_execute", hear)
    return len(said)
