"""Ten thousand people support one: its pages and a merge ask no more statements than for few."""

from uuid import uuid4

import pytest
from sqlalchemy import text

from obshto.modules.proposals.services import merges
from obshto.modules.proposals.services.queries import PART
from obshto.platform.permissions import Role
from obshto.platform.support.services import Supporter, counts_of, give_support

VILLAGE, PEOPLE = "gorno-selo", 10_000
# People of numbers, so that the same ones support two things.
ROWS = """
    insert into t_gorno_selo.support_support
        (part, object_id, pseudonym, support_id, person_id, language, channel, at)
    select 'proposals', cast(:id as uuid), decode(md5(:id || n::text), 'hex'),
        gen_random_uuid(),
        md5(n::text)::uuid, 'bg', 'portal', now()
    from generate_series(cast(:first as int), cast(:last as int)) as n
"""
COUNT = """
    insert into t_gorno_selo.support_count (part, object_id, online)
    values ('proposals', cast(:id as uuid), :number)
    on conflict (part, object_id) do update
        set online = t_gorno_selo.support_count.online + excluded.online
"""


def supported(uow, proposal, first, last):
    known = {"id": str(proposal.id)}
    uow.session.execute(text(ROWS), known | {"first": first, "last": last})
    uow.session.execute(text(COUNT), known | {"number": last - first + 1})


def of_nobody(uow, make, **changed):
    proposal = make(uow, needs_mayor=0, needs_council=0, **changed)
    proposal.person_id = None
    uow.session.flush()
    return proposal


def merge(uow, goes, stays, statements_of):
    asked = merges.ask_to_merge(uow, goes.id, stays.id, request_id=uuid4(), asked_from=goes.id)
    yes = {"agrees": True, "expected_version": 1}
    return len(statements_of(lambda: merges.answer_merge(uow, asked.id, stays.id, **yes)))


def total(uow, proposal):
    return counts_of(uow, PART, [proposal.id])[proposal.id].total


def test_a_merge_of_many_asks_what_one_of_few_asks(uow, make, statements_of):
    few, too = of_nobody(uow, make), of_nobody(uow, make)
    many, more = of_nobody(uow, make), of_nobody(uow, make)
    supported(uow, few, 1, 2)
    supported(uow, too, 2, 3)
    supported(uow, many, 1, PEOPLE)
    supported(uow, more, PEOPLE // 2 + 1, PEOPLE * 3 // 2)
    first = merge(uow, few, too, statements_of)
    assert merge(uow, many, more, statements_of) <= first
    assert (total(uow, too), total(uow, more)) == (3, PEOPLE * 3 // 2)
    who = Supporter(email="one@villages.example")
    assert give_support(uow, PART, more.id, who, request_id=uuid4()).count.total == 15_001


@pytest.fixture
def staff(sign_in):
    admin = sign_in(VILLAGE, Role.ADMIN)
    assert admin.press("/console/tenants/proposals", to="/on").status_code == 303
    return sign_in(VILLAGE, Role.REGISTRY_CLERK, Role.SECRETARY)


@pytest.fixture
def asked(staff, client, at, statements_of):
    """asked(key, fresh): the statements of each page, which answers."""

    def numbers(key, fresh):
        for path in (f"/proposals/{key}", "/proposals/", f"/proposals/{key}/support"):
            address = f"{path}?fresh={fresh}"
            yield len(statements_of(lambda it=address: client.get(it, base_url=at(VILLAGE))))
        for path in (key, "?list=collecting", "overview"):
            address = f"/console/proposals/{path}"
            yield len(statements_of(lambda it=address: staff.get(it)))

    return lambda key, fresh: list(numbers(key, fresh))


def test_pages_of_one_that_many_support_ask_what_others_ask(asked, client, at, uow_in, make):
    with uow_in(VILLAGE) as uow:
        proposal = of_nobody(uow, make)
        supported(uow, proposal, 1, 1)
        uow.commit()
        key = proposal.id
    asked(key, 1)  # what is read once in a process is read now
    before = asked(key, 2)
    with uow_in(VILLAGE) as uow:
        supported(uow, proposal, 2, PEOPLE)
        uow.commit()
    after = asked(key, 3)
    assert all(now <= then for now, then in zip(after, before, strict=True)), (before, after)
    page = client.get(f"/proposals/{key}?fresh=4", base_url=at(VILLAGE)).text
    assert "10\xa0000 подкрепи" in page or "10000 подкрепи" in page.replace("\xa0", " ")
