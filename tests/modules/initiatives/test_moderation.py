"""Moderation of initiatives: words are hidden; number, signatures and terms stay seen."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from obshto.modules.initiatives import notifications
from obshto.modules.initiatives.errors import InitiativeHiddenBefore, StaleInitiative
from obshto.modules.initiatives.models import Initiative
from obshto.modules.initiatives.privacy import export
from obshto.modules.initiatives.seeds import PEOPLE, seed
from obshto.modules.initiatives.services import queries
from obshto.modules.initiatives.services.committee import COMMITTEE
from obshto.modules.initiatives.services.initiatives import (
    InitiativeWords,
    Minutes,
    StepWords,
    take_step,
    write_initiative,
)
from obshto.modules.initiatives.services.moderation import (
    flag_initiative,
    hide_initiative,
    leave_initiative,
    show_initiative,
)
from obshto.modules.initiatives.services.petition import described
from obshto.modules.initiatives.services.retention import forget_person
from obshto.modules.initiatives.services.states import ACTS
from obshto.modules.initiatives.stations import entries_of as stations_of
from obshto.platform.clock import day_of
from obshto.platform.moderation.models import ModerationDecision, ModerationFlag
from obshto.platform.moderation.services import Reason
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
QUARRY = "камионите на кариерата"
WHY = "Пише чия е кариерата."


@pytest.fixture
def switched_on(sign_in):
    for village in (VILLAGE, NEIGHBOUR):
        admin = sign_in(village, Role.ADMIN)
        assert admin.press("/console/tenants/initiatives", to="/on").status_code == 303


@pytest.fixture
def clerk(sign_in, switched_on):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK)


@pytest.fixture
def seeded(uow_in, switched_on):
    with uow_in(VILLAGE) as uow:
        seed(uow)
        uow.session.flush()
        yield uow


@pytest.fixture
def quarry(uow_in, switched_on, sign_in):
    """The one that collects signatures, begun by an account; its id and that of the account."""
    chair = sign_in(VILLAGE, email="chair@villages.example")
    with uow_in(VILLAGE) as uow:
        seed(uow)
        row = collecting(uow)
        row.person_id = chair.person_id
        found = row.id
        uow.commit()
    return found, chair


@pytest.fixture
def visitor(client, at):
    class Visitor:
        def get(self, path, village=VILLAGE):
            return client.get(path, base_url=at(village))

        def text(self, path):
            return self.get(path).text.replace("\xa0", " ")

        def flag(self, path, rule):
            form = f"{path}/flag"
            names = r'name="(expected_version|request_id)"[^>]*value="([^"]+)"'
            typed = dict(re.findall(names, self.get(form).text)) | {"rule": rule}
            return client.post(form, data=typed, base_url=at(VILLAGE))

    return Visitor()


def collecting(uow):
    return uow.session.scalar(select(Initiative).where(Initiative.state == "collecting"))


def reason(rule="personal", words=WHY):
    return Reason(rule=rule, words=words)


def test_personal_data_are_away_at_once_and_number_signatures_terms_stay(visitor, quarry):
    row_id, chair = quarry
    public = f"/initiatives/{row_id}"
    assert public in visitor.get("/search?q=кариерата").text
    number = re.search(r"ГИ-\d{4}-\d+", visitor.text(public))[0]
    assert visitor.flag(public, "personal").status_code == 303
    page = visitor.text(public)
    for told in ("Правило 3", number, "Въведени от листата: 4, броят се: 2.", "Подписва се на"):
        assert told in page, told
    for hidden in (QUARRY, "чешмата", "Пред магазина", "Читалището"):
        assert hidden not in page, hidden
    listed = visitor.text("/initiatives/")
    assert QUARRY not in listed and f'Гражданска инициатива <span lang="bg">{number}' in listed
    assert public not in visitor.get("/search?q=кариерата").text
    assert "Това вече е скрито" in visitor.text(f"{public}/flag")
    own = chair.get(f"/initiatives/committee/{row_id}").text.replace("\xa0", " ")
    assert QUARRY in own and "Служител преглежда текста" in own and "/appeal" not in own
    assert QUARRY in chair.get("/initiatives/mine").text.replace("\xa0", " ")


def test_a_moderator_confirms_with_a_reason_that_everybody_reads(visitor, quarry, clerk):
    row_id, _chair = quarry
    public, desk = f"/initiatives/{row_id}", f"/console/initiatives/{row_id}"
    visitor.flag(public, "personal")
    assert desk in clerk.get("/console/initiatives/?list=flagged").text
    assert "list=flagged" in clerk.get("/console/").text
    assert "Потвърдете скриването" in clerk.get(desk).text
    hide = f"{desk}/hide"
    empty = clerk.press(hide, hide, rule="personal", words="")
    assert empty.status_code == 422 and "Напишете защо" in empty.text
    assert clerk.press(hide, hide, rule="personal", words=WHY).status_code == 303
    for path in (public, "/moderation/"):
        assert WHY in visitor.text(path), path
    assert desk not in clerk.get("/console/initiatives/?list=flagged").text


def test_a_hiding_is_objected_to_once_and_somebody_else_decides(visitor, quarry, clerk, sign_in):
    row_id, chair = quarry
    own, hide = f"/initiatives/committee/{row_id}", f"/console/initiatives/{row_id}/hide"
    clerk.press(hide, hide, rule="personal", words=WHY)
    assert WHY in chair.get(own).text.replace("\xa0", " ")
    assert chair.press(f"{own}/appeal", words="Името е на фирмата.").status_code == 303
    for path in (own, f"{own}/appeal"):
        page = chair.get(path)
        assert "чака решение" in page.text and 'name="words"' not in page.text
    secretary, link = sign_in(VILLAGE, Role.SECRETARY), r'"(/console/moderation/[0-9a-f-]{36})"'
    [decide] = re.findall(link, secretary.get("/console/moderation/").text)
    shown = secretary.get(decide).text.replace("\xa0", " ")
    assert QUARRY in shown and "Името е на фирмата." in shown
    typed = {"outcome": "restored", "words": "Фирма не е човек."}
    assert secretary.press(decide, decide, **typed).status_code == 303
    assert QUARRY in visitor.text(f"/initiatives/{row_id}")
    assert "Фирма не е човек." in visitor.text("/moderation/")


def test_who_enters_the_paper_of_a_committee_enters_its_objection(visitor, clerk, uow_in, quarry):
    row_id, _chair = quarry
    with uow_in(VILLAGE) as uow:
        queries.staff_initiative(uow, row_id).person_id = None
        uow.commit()
    desk = f"/console/initiatives/{row_id}"
    clerk.press(f"{desk}/hide", f"{desk}/hide", rule="personal", words=WHY)
    assert "Никой от комитета няма профил" in clerk.get(desk).text
    assert clerk.press(f"{desk}/appeal", words="Донесено на хартия").status_code == 303
    assert "чака решение" in clerk.get(desk).text


def test_only_who_moderates_reaches_its_pages(quarry, clerk, sign_in):
    desk = f"/console/initiatives/{quarry[0]}"
    others = {
        403: sign_in(VILLAGE, Role.MAYOR),
        404: sign_in(NEIGHBOUR, Role.REGISTRY_CLERK),
    }
    for status, person in others.items():
        assert person.get(f"{desk}/hide").status_code == status
        for act in ("show-again", "leave"):
            told = {"expected_version": "1"}
            assert person.post(f"{desk}/{act}", told).status_code == status, act
    assert "Скрийте го по правилата" not in others[403].get(desk).text
    assert "Скрийте го по правилата" in clerk.get(desk).text
    assert sign_in(VILLAGE).get(f"/initiatives/committee/{quarry[0]}/appeal").status_code == 404


def test_a_neighbour_flags_nothing_here_and_a_draft_cannot_be_flagged(visitor, quarry, uow_in):
    path = f"/initiatives/{quarry[0]}/flag"
    assert visitor.get(path).status_code == 200
    assert visitor.get(path, NEIGHBOUR).status_code == 404
    with uow_in(VILLAGE) as uow:
        draft = uow.session.scalar(select(Initiative.id).where(Initiative.state == "draft"))
    assert visitor.get(f"/initiatives/{draft}/flag").status_code == 404


def test_where_it_is_off_there_is_no_page(sign_in, client, at):
    for path in (f"/initiatives/{uuid4()}/flag", f"/console/initiatives/{uuid4()}/hide"):
        assert client.get(path, base_url=at(VILLAGE)).status_code == 404


def test_a_flag_sent_twice_is_one_and_a_reason_is_given_once(seeded):
    row, once = collecting(seeded), uuid4()
    counted = select(func.count()).where(ModerationFlag.object_id == row.id)
    before = seeded.session.scalar(counted.select_from(ModerationFlag))
    for _ in range(2):
        flag_initiative(seeded, row, "insult", request_id=once)
    assert seeded.session.scalar(counted.select_from(ModerationFlag)) == before + 1
    assert row.hidden_at is None
    version = row.version
    for _ in range(2):
        hide_initiative(seeded, row, reason(), expected_version=version)
        seeded.session.flush()
    decided = select(ModerationDecision).where(ModerationDecision.object_id == row.id)
    assert len(seeded.session.scalars(decided).all()) == 1
    assert [fact.name for fact in seeded.facts].count("initiatives:initiative.hidden") == 2
    with pytest.raises(InitiativeHiddenBefore):
        hide_initiative(seeded, row, reason("insult", "Обида"), expected_version=row.version)
    with pytest.raises(StaleInitiative):
        show_initiative(seeded, row, expected_version=version)
    for _ in range(2):
        show_initiative(seeded, row, expected_version=row.version)
        seeded.session.flush()
    assert row.hidden_at is None


def test_the_answer_is_owed_and_stays_public_while_it_is_hidden(seeded, sign_in):
    row = seeded.session.scalar(select(Initiative).where(Initiative.state == "checking"))
    flag_initiative(seeded, row, "personal", request_id=uuid4())
    assert row.hidden_at is None, "staff have sent it on: they have read it"
    assert row in seeded.session.scalars(queries.queue(queries.FLAGGED)).all()
    due_on = row.due_on
    hide_initiative(seeded, row, reason(), expected_version=row.version)
    seeded.session.flush()
    assert row.due_on == due_on
    assert row in seeded.session.scalars(queries.queue(queries.WAITING)).all()
    answer = StepWords(happened_on=day_of(seeded.now), words="Да", outcome="accepted")
    take_step(seeded, row, ACTS["answer"], answer, expected_version=row.version)
    seeded.session.flush()
    [told] = stations_of(seeded, [row.id])
    assert row.number in told.title and row.question not in told.title
    for letter in (notifications.news, notifications.arrived):
        text = " ".join(letter(seeded, {"subject_id": str(row.id)}))
        assert row.number in text and row.question not in text
    assert described(seeded, [row.id])[row.id].about == row.number


def test_what_is_flagged_and_right_is_left(seeded):
    row = collecting(seeded)
    assert row in seeded.session.scalars(queries.queue(queries.FLAGGED)).all()
    for _ in range(2):
        leave_initiative(seeded, row, expected_version=row.version)
        seeded.session.flush()
    assert row not in seeded.session.scalars(queries.queue(queries.FLAGGED)).all()
    flag_initiative(seeded, row, "personal", request_id=uuid4())
    assert row.hidden_at is None, "a moderator has read these words"


def test_a_link_to_another_site_waits_for_a_moderator(seeded, sign_in):
    me = sign_in(VILLAGE).person_id
    object.__setattr__(seeded, "principal", Principal(person_id=me, name="Проба"))
    said = InitiativeWords(
        addressee="council", question="Виж https://spam.example/a", reasons="Така"
    )
    row = write_initiative(seeded, said, request_id=uuid4())
    seeded.session.flush()
    for number, (name, egn) in enumerate(PEOPLE):
        said = {"name": name, "egn": egn, "address": "тук", "is_chair": not number}
        COMMITTEE.add_member(seeded, row, **said, is_me=not number, request_id=uuid4())
    today = day_of(seeded.now)
    minutes = Minutes(
        at=seeded.now,
        place="Читалището",
        chair="Проба",
        attended=60,
        collects_until=today + timedelta(days=10),
        places="Пред магазина",
    )
    met = StepWords(happened_on=today, minutes=minutes)
    take_step(seeded, row, ACTS["meet"], met, expected_version=row.version)
    seeded.session.flush()
    assert row.hidden_at and row in seeded.session.scalars(queries.queue(queries.FLAGGED)).all()
    letter = " ".join(notifications.hidden(seeded, {"subject_id": str(row.id)}))
    assert "връзка към друг сайт" in letter and "spam" not in letter


def test_the_committee_hears_each_step_and_its_objection_goes_with_it(seeded, sign_in):
    me = sign_in(VILLAGE).person_id
    row = collecting(seeded)
    row.person_id = me
    seeded.session.flush()
    fact = {"subject_id": str(row.id)}
    hide_initiative(seeded, row, reason(), expected_version=row.version)
    seeded.session.flush()
    assert notifications.the_committee(seeded, fact) == {me}
    letter = " ".join(notifications.hidden(seeded, fact))
    assert "възразете" in letter and row.question not in letter and WHY not in letter
    decision = seeded.session.scalar(
        select(ModerationDecision).where(ModerationDecision.object_id == row.id)
    )
    decision.appeal, decision.appealed_at = "Не е вярно", seeded.now
    decision.outcome, decision.review = "upheld", "Име на човек е."
    seeded.session.flush()
    assert "остава скрит" in notifications.reviewed(seeded, fact)[1]
    assert "Име на човек е." in notifications.reviewed(seeded, fact)[1]
    [told] = export(seeded, me)["decisions"]
    assert (told["appeal"], told["outcome"]) == ("Не е вярно", "upheld")
    forget_person(seeded, me)
    seeded.session.flush()
    seeded.session.refresh(decision, ["appeal"])
    assert decision.appeal is None and decision.outcome == "upheld"
