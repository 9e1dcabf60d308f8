"""Set back: what was done is gone, what was there at first is there."""

from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.practice.services import reset_practice


def test_all_contents_are_back_after_a_reset(app, furnished, owner):
    titles = "select title from t_uchebna.news_item order by title"
    before = owner(titles)
    with open_uow(furnished.scope(), Principal.system("Проба")) as uow:
        assert reset_practice(uow)
    assert before
    assert owner(titles) == before
