"""A hidden opinion may be appealed; another person decides, and the record has a line of it."""

from dataclasses import replace
from uuid import uuid4

import pytest

from obshto.modules.consultations import notifications
from obshto.modules.consultations.models import Opinion
from obshto.modules.consultations.privacy import erase, export
from obshto.modules.consultations.services.moderation import OpinionModeration, hide_opinion
from obshto.modules.consultations.services.record import lines_of
from obshto.platform.moderation import services as moderation
from obshto.platform.moderation.errors import SameReviewer
from obshto.platform.moderation.services import Reason
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal

VILLAGE = "gorno-selo"


@pytest.fixture(autouse=True)
def switched_on(sign_in):
    admin = sign_in(VILLAGE, Role.ADMIN)
    assert admin.press("/console/tenants/consultations", to="/on").status_code == 303


def test_an_appeal_shows_it_again_and_the_record_stays_whole(uow, talk):
    row = talk.opened()
    opinion = talk.said(row)
    hide_opinion(uow, opinion, Reason(words="Чужди данни"), expected_version=opinion.version)
    decision = moderation.decision_on(uow, "consultations", opinion.id)
    moderation.appeal(uow, decision, "Данните са мои.", request_id=uuid4())
    uow.session.flush()
    told = (decision.id, moderation.RESTORED, "Данните са на автора.")
    with pytest.raises(SameReviewer):
        moderation.review(uow, *told, expected_version=decision.version)
    other = replace(uow, principal=Principal(person_id=uuid4(), name="Проба Секретар"))
    moderation.review(other, *told, expected_version=decision.version)
    assert uow.session.get(Opinion, opinion.id).hidden_at is None
    assert [line.body["what"] for line in lines_of(uow, row)][-2:] == ["hidden", "shown"]
    (line,) = uow.session.scalars(moderation.log()).all()
    assert line.reason == "Чужди данни" and line.review == "Данните са на автора."


def test_hidden_once_more_it_is_a_decision_of_its_own(uow, talk):
    row = talk.opened()
    opinion = talk.said(row)
    hide_opinion(uow, opinion, Reason(words="Чужди данни"), expected_version=opinion.version)
    moderation.lift(uow, "consultations", opinion.id)
    OpinionModeration().reviewed(uow, opinion.id, is_restored=True)
    uow.session.flush()
    hide_opinion(uow, opinion, Reason(words="Обида"), expected_version=opinion.version)
    assert moderation.decision_on(uow, "consultations", opinion.id).reason == "Обида"
    assert len(uow.session.scalars(moderation.log()).all()) == 2


def test_what_an_author_objected_leaves_and_goes_with_them(uow, talk):
    opinion = talk.said(talk.opened())
    opinion.person_id = me = uuid4()
    uow.session.flush()
    hide_opinion(uow, opinion, Reason(words="Чужди данни"), expected_version=opinion.version)
    decision = moderation.decision_on(uow, "consultations", opinion.id)
    moderation.appeal(uow, decision, "Данните са мои.", request_id=uuid4())
    uow.session.flush()
    [told] = export(uow, me)["decisions"]
    assert (told["reason"], told["appeal"]) == ("Чужди данни", "Данните са мои.")
    erase(uow, me)
    uow.session.flush()
    uow.session.expire_all()
    assert decision.appeal is None and decision.appealed_at


def test_who_objected_in_vain_reads_who_decided_and_why(uow, talk):
    opinion = talk.said(talk.opened())
    hide_opinion(uow, opinion, Reason(words="Чужди данни"), expected_version=opinion.version)
    fact = {"subject_id": str(opinion.id)}
    assert "Чужди данни" in notifications.hidden(uow, fact)[1]
    decision = moderation.decision_on(uow, "consultations", opinion.id)
    moderation.appeal(uow, decision, "Данните са мои.", request_id=uuid4())
    uow.session.flush()
    other = replace(uow, principal=Principal(person_id=uuid4(), name="Проба Секретар"))
    told = (decision.id, moderation.UPHELD, "Съседът не е питан.")
    moderation.review(other, *told, expected_version=decision.version)
    letter = notifications.reviewed(uow, fact)[1]
    assert "остава скрито" in letter and "Съседът не е питан." in letter
    assert "какво може да направите" not in letter
