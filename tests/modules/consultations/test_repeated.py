"""One person, the same opinion many times: one counts, all are kept, whoever enters them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.modules.consultations.test_pages import (
    VILLAGE,
    enter,
    opened,
    secretary,
    switched_on,
)

from obshto.modules.consultations.models import Opinion
from obshto.platform.permissions import Role

__all__ = ["opened", "secretary", "switched_on"]  # fixtures
WORDS, TIMES = "Не искам тази такса", 5


def test_two_clerks_enter_the_same_sheet_at_once_and_it_counts_once(
    secretary, opened, sign_in, client, at, uow_in
):
    clerks, start = (secretary, sign_in(VILLAGE, Role.REGISTRY_CLERK)), Barrier(2)

    def go(clerk):
        start.wait(timeout=120)
        return [enter(clerk, opened, words=WORDS, channel="post")[0] for _ in range(TIMES)]

    with ThreadPoolExecutor(2) as threads:
        slips = [slip for both in threads.map(go, clerks) for slip in both]
    assert len(set(slips)) == 2 * TIMES
    with uow_in(VILLAGE) as uow:
        kept = uow.session.query(Opinion).order_by(Opinion.sequence).all()
        assert [one.sequence for one in kept] == list(range(1, 2 * TIMES + 1))
        assert {one.same_as for one in kept} == {None, kept[0].id}
    page = client.get(f"/consultations/{opened}/opinions", base_url=at(VILLAGE)).text
    assert page.replace("\xa0", " ").count(WORDS) == 1
    table = client.get(f"/consultations/{opened}/table.csv", base_url=at(VILLAGE)).text
    assert table.count("Повтаря становище") == 2 * TIMES - 1


def test_another_paragraph_another_wish_or_another_author_is_no_repetition(
    secretary, opened, client, at
):
    for changed in (
        {},
        {"paragraph": "1", "stance": "change"},
        {"paragraph": "2", "stance": "change"},
        {"paragraph": "2", "stance": "refuse"},
        {"author": "Друг Човек"},
    ):
        enter(secretary, opened, words=WORDS, **changed)
    page = client.get(f"/consultations/{opened}/opinions", base_url=at(VILLAGE)).text
    assert page.replace("\xa0", " ").count(WORDS) == 5
