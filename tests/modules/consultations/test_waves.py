"""A hostile wave: more than a page hidden by one act, each author told, shown again in time."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from support.consultation_record import record_of

from obshto.modules.consultations.errors import NothingChosen, WaveAnswered
from obshto.modules.consultations.models import Opinion, OpinionWave
from obshto.modules.consultations.services import waves
from obshto.modules.consultations.services.answers import AnswerWords, answer_opinions
from obshto.modules.consultations.services.filters import OpinionFilter
from obshto.modules.consultations.services.groups import propose_groups
from obshto.modules.consultations.services.queries import groups_of
from obshto.modules.consultations.services.record import lines_of
from obshto.modules.consultations.services.table import rows_of
from obshto.modules.consultations.services.waves import hide_wave, tell_wave, undo_wave, untold_in
from obshto.platform.cases.channels import COUNTER, POST
from obshto.platform.clock import today
from obshto.platform.moderation import services as moderation
from obshto.platform.moderation.errors import AppealWaits
from obshto.platform.moderation.services import Reason
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
WHY = Reason(rule="insult", words="Обиди в една вълна.")
BY_POST = OpinionFilter(channel=POST)


@pytest.fixture(autouse=True)
def switched_on(sign_in):
    for village in (VILLAGE, NEIGHBOUR):
        admin = sign_in(village, Role.ADMIN)
        assert admin.press("/console/tenants/consultations", to="/on").status_code == 303


@pytest.fixture
def small_steps(monkeypatch):
    monkeypatch.setattr(waves, "AT_ONCE", 2)


def told_of(uow, name):
    return [fact.number for fact in uow.facts if fact.name == f"consultations:opinion.{name}"]


def hidden(uow, row):
    return [one.number for one in rows_of(uow, row) if one.words is None]


def wave_by_post(uow, talk, number=5):
    """A consultation with one opinion of somebody and so many by post."""
    row = talk.opened()
    talk.said(row, "Да се пази сянката")
    return row, [
        talk.said(row, f"Крадци сте, срам за вас {n}", channel=POST) for n in range(number)
    ]


def test_all_that_match_are_hidden_at_once_and_their_authors_told_step_by_step(
    uow, talk, small_steps
):
    row, wave = wave_by_post(uow, talk)
    once, last = uuid4(), (wave[-1].year, wave[-1].sequence)
    talk.said(row, "Дойде след това", channel=POST)
    made = hide_wave(uow, row.id, BY_POST, WHY, request_id=once, last=last)
    assert hide_wave(uow, row.id, BY_POST, WHY, request_id=once, last=last) is made
    uow.session.expire_all()
    numbers = [one.number for one in wave]
    assert (made.number, hidden(uow, row), untold_in(uow, made)) == (5, numbers, 3)
    for left in (1, 0, 0):
        tell_wave(uow, wave_id=str(made.id))
        assert untold_in(uow, made) == left
    assert sorted(told_of(uow, "hidden")) == numbers
    assert lines_of(uow, row)[-1].body["numbers"] == numbers
    (line,) = uow.session.scalars(moderation.log())
    assert (line.rule, line.reason) == ("insult", "Обиди в една вълна.")


def test_shown_again_only_who_was_told_hears_of_it(uow, talk, small_steps):
    row, wave = wave_by_post(uow, talk)
    made = hide_wave(uow, row.id, BY_POST, WHY, request_id=uuid4())
    for _ in range(2):
        undo_wave(uow, made.id, expected_version=1)
    uow.session.expire_all()
    assert hidden(uow, row) == []
    for _ in range(3):
        tell_wave(uow, wave_id=made.id)
    assert untold_in(uow, made) == 0
    assert sorted(told_of(uow, "shown")) == sorted(told_of(uow, "hidden"))
    assert [line.body["what"] for line in lines_of(uow, row)][-2:] == ["hidden", "shown"]
    (line,) = uow.session.scalars(moderation.log())
    assert line.outcome == moderation.RESTORED
    again = hide_wave(uow, row.id, BY_POST, WHY, request_id=uuid4())
    assert again.number == len(wave)


def test_once_an_author_objected_another_person_decides_about_theirs_alone(uow, talk):
    row, wave = wave_by_post(uow, talk)
    made = hide_wave(uow, row.id, BY_POST, WHY, request_id=uuid4())
    decision = moderation.decision_on(uow, "consultations", wave[0].id)
    moderation.appeal(uow, decision, "Не обиждам никого.", request_id=uuid4())
    uow.session.flush()
    with pytest.raises(AppealWaits):
        undo_wave(uow, made.id, expected_version=made.version)
    assert len(uow.session.scalars(moderation.log()).all()) == 2


def test_what_was_answered_while_it_was_hidden_stays_so(uow, talk):
    row, wave = wave_by_post(uow, talk)
    talk.over(row)
    made = hide_wave(uow, row.id, BY_POST, WHY, request_id=uuid4())
    uow.session.expire_all()
    object.__setattr__(uow, "now", uow.now + timedelta(minutes=1))
    said = AnswerWords(outcome="refused", reason="Обидите не са предложение.")
    answer_opinions(uow, row.id, [wave[0].id], said, request_id=uuid4())
    uow.session.flush()
    with pytest.raises(WaveAnswered):
        undo_wave(uow, made.id, expected_version=made.version)


def test_nobody_hides_a_whole_consultation_and_a_group_is_one_wave(uow, talk):
    row = talk.opened()
    for number in range(3):
        words = "Крадци сте всички в общината, срам за вас"
        talk.said(row, words, author=f"Автор {number}")
    talk.said(row, "Да се пази сянката под липите")
    for wanted in (OpinionFilter(), OpinionFilter(name="unanswered"), OpinionFilter(ids=[])):
        with pytest.raises(NothingChosen):
            hide_wave(uow, row.id, wanted, WHY, request_id=uuid4())
    propose_groups(uow, consultation_id=row.id)
    ((group, number),) = groups_of(uow, row)
    made = hide_wave(uow, row.id, OpinionFilter(group_id=group.id), WHY, request_id=uuid4())
    assert made.number == number == 3


def test_the_record_does_not_give_away_a_hidden_opinion_by_who_repeats_it(uow, talk):
    row = talk.opened()
    first, again = (talk.said(row, "Крадци", channel=POST) for _ in range(2))
    hide_wave(uow, row.id, OpinionFilter(ids=[first.id]), WHY, request_id=uuid4())
    uow.session.expire_all()
    assert "words" not in record_of(uow, row)["shown"][again.number]


@pytest.fixture
def begun(uow_in, begin_talk):
    """A wave that is there: the page of its consultation, the numbers."""
    with uow_in(VILLAGE) as uow:
        row, wave = wave_by_post(uow, begin_talk(uow), number=25)
        uow.commit()
        return f"/console/consultations/{row.id}", [one.number for one in wave]


def test_a_moderator_filters_confirms_and_takes_it_back(begun, sign_in, client, at, uow_in):
    base, numbers = begun
    moderator = sign_in(VILLAGE, Role.SECRETARY)
    wanted = f"channel=post&since={today().isoformat()}"
    offered = f"{base}/hide?"
    assert offered in moderator.get(f"{base}/opinions?{wanted}").text
    assert offered not in moderator.get(f"{base}/opinions").text
    asked = moderator.get(f"{base}/hide?{wanted}").text
    assert "Скриване на 25 становища" in asked and "срам за вас 3" in asked
    assert f"до номер {numbers[-1]}" in asked.replace("\xa0", " ")
    typed = {"rule": "insult", "words": "", "last": numbers[-1], "request_id": uuid4()}
    refused = moderator.post(f"{base}/hide?{wanted}", typed)
    assert refused.status_code == 422 and "Скриване на 25 становища" in refused.text
    paths = {
        moderator.post(f"{base}/hide?{wanted}", typed | {"words": "Обиди."}).location.split("?")[0]
        for _ in range(2)  # a double click is one act
    }
    (path,) = {one[one.index("/console") :] for one in paths}
    assert "25 становища, скрити с едно действие" in moderator.get(path).text
    assert path in moderator.get(f"{base}/opinions?list=hidden").text
    public = client.get("/moderation/", base_url=at(VILLAGE)).text
    assert public.count("Обиди.") == 1 and "25 становища" in public.replace("\xa0", " ")
    assert moderator.press(path, to="/undo").status_code == 303
    assert "отново се виждат" in moderator.get(path).text
    with uow_in(VILLAGE) as uow:
        assert not uow.session.scalars(select(Opinion).where(Opinion.hidden_at.is_not(None))).all()


def test_a_group_is_hidden_from_the_page_of_groups(begun, sign_in, uow_in):
    base, numbers = begun
    with uow_in(VILLAGE) as uow:
        propose_groups(uow, consultation_id=base.rpartition("/")[2])
        uow.commit()
    moderator, editor = sign_in(VILLAGE, Role.SECRETARY), sign_in(VILLAGE, Role.EDITOR)
    path = re.search(r'href="([^"]*/hide\?group=[^"]+)"', moderator.get(f"{base}/groups").text)[1]
    assert f"Скриване на {len(numbers)} становища" in moderator.get(path).text
    assert "/hide?group=" not in editor.get(f"{base}/groups").text


def test_a_filter_that_is_not_understood_hides_nothing(begun, sign_in):
    base, _ = begun
    moderator = sign_in(VILLAGE, Role.SECRETARY)
    assert moderator.get(f"{base}/opinions?since=вчера").status_code == 422
    assert moderator.get(f"{base}/hide?since=вчера&channel={COUNTER}").status_code == 400


def test_a_wave_is_of_its_municipality_and_of_who_may_hide(begun, sign_in, uow_in):
    base, _ = begun
    with uow_in(VILLAGE) as uow:
        row_id = UUID(base.rpartition("/")[2])
        made = hide_wave(uow, row_id, BY_POST, WHY, request_id=uuid4()).id
        uow.commit()
    path = f"/console/consultations/waves/{made}"
    editor, neighbour = sign_in(VILLAGE, Role.EDITOR), sign_in(NEIGHBOUR, Role.SECRETARY)
    assert (editor.get(path).status_code, neighbour.get(path).status_code) == (403, 404)
    assert neighbour.get(f"{base}/hide?channel=post").status_code == 404
    assert neighbour.post(f"{path}/undo", {"expected_version": 1}).status_code == 404
    with uow_in(VILLAGE) as uow:
        assert uow.session.get(OpinionWave, made).undone_at is None
