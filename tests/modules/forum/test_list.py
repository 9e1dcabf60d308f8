"""What the forum offers before anybody writes: a narrowed list, its rules, texts for answers."""

import pytest

from obshto.modules.forum import citizen
from obshto.modules.forum.services.queries import discussion_of
from obshto.modules.forum.services.rules import READY_TEXTS, RULE_WORDS
from obshto.platform.moderation.rules import RULES
from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"
NAMES = {"05195": {"bg": "с. Бойница"}, "62044": {"bg": "с. Раковица"}}
TALKS = {
    "Дупка пред училището": ("streets", "05195"),
    "Дупка до моста": ("streets", "62044"),
    "Чешмата не тече": ("water", "62044"),
}


@pytest.fixture
def read(switched_on, client, at):
    return lambda path: client.get(path, base_url=at(VILLAGE)).text.replace("\xa0", " ")


@pytest.fixture
def talks(switched_on, uow_in, begin):
    """The ids of discussions in two villages."""
    with uow_in(VILLAGE) as uow:
        rows = [discussion_of(uow, begin(uow).discussion_id) for _ in TALKS]
        for row, (title, told) in zip(rows, TALKS.items(), strict=True):
            row.title, (row.subject, row.settlement) = title, told
        uow.commit()
        return [row.id for row in rows]


@pytest.mark.usefixtures("talks")
def test_the_list_is_narrowed_by_subject_and_village(read, monkeypatch):
    monkeypatch.setattr(citizen, "settlements_here", lambda uow: NAMES)
    for asked, titles in {
        "": set(TALKS),
        "?subject=streets": {"Дупка пред училището", "Дупка до моста"},
        "?settlement=62044": {"Дупка до моста", "Чешмата не тече"},
        "?subject=streets&settlement=62044": {"Дупка до моста"},
        "?subject=water&settlement=05195": set(),
    }.items():
        page = read(f"/forum/{asked}")
        assert {title for title in TALKS if title in page} == titles, asked
        assert ("Няма такива разговори" in page) == (not titles)
    assert '<option value="62044" selected>с. Раковица' in read("/forum/?settlement=62044")


def test_the_rules_say_how_much_and_when_as_the_municipality_has_set_it(read, sign_in):
    page = read("/forum/rules")
    for words in (*RULES.values(), *RULE_WORDS.values()):
        assert str(words) in page
    assert "най-много 6 мнения за един час" in page
    assert "между 22:00 и 7:00 ч. се показва сутринта" in page
    typed = {"quiet_from": "0", "quiet_until": "0", "most_an_hour": "3"}
    admin = sign_in(VILLAGE, Role.ADMIN)
    assert admin.press("/console/settings/forum", **typed).status_code == 303
    page = read("/forum/rules")
    assert "най-много 3 мнения за един час" in page and "сутринта" not in page


def test_who_answers_is_offered_texts_and_the_municipality_its_own(talks, sign_in):
    answer = f"/console/forum/{talks[0]}/answer"
    clerk, admin = sign_in(VILLAGE, Role.REGISTRY_CLERK), sign_in(VILLAGE, Role.ADMIN)
    page = clerk.get(answer).text
    assert len(READY_TEXTS) >= 4 and all(f"<li>{words}</li>" in page for words in READY_TEXTS)
    own = {"ready_answers": "Наш отговор\n\nДруг отговор"}
    assert admin.press("/console/settings/forum", **own).status_code == 303
    page = clerk.get(answer).text
    assert "<li>Наш отговор</li><li>Друг отговор</li>" in page
    assert f"<li>{READY_TEXTS[0]}</li>" not in page
