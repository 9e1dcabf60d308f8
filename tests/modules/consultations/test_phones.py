"""An opinion without an account and without e-mail: confirmed by the code of an SMS, once."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.consultations.models import Consultation, Opinion
from obshto.modules.consultations.services.consultations import (
    ConsultationDraft,
    publish_consultation,
    write_consultation,
)
from obshto.modules.consultations.services.retention import tell_authors
from obshto.platform.notify.models import Channel, Message
from obshto.platform.notify.settings import NotifySettings
from obshto.platform.settings.services import save_settings, version_of

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
PHONE, WORDS = "0888 123 456", "Да има сянка"


@pytest.fixture
def texts(uow_in, switched_on):
    """The village sends short messages; texts() are those that wait, in order."""
    with uow_in(VILLAGE) as uow:
        values = NotifySettings(sms_sender="GORNO")
        save_settings(uow, "notify", values, expected_version=version_of(uow, "notify"))
        uow.commit()

    def go():
        with uow_in(VILLAGE) as uow:
            sent = select(Message).where(Message.channel == Channel.SMS).order_by(Message.id)
            return [
                one.text for one in uow.session.scalars(sent) if one.recipient == "+359888123456"
            ]

    return go


@pytest.fixture
def opened(uow_in, switched_on):
    told = {"kind": "other", "title": "Проба", "summary": "Едно.", "reasons": "Защото."}
    with uow_in(VILLAGE) as uow:
        draft = ConsultationDraft(**told, draft="Първи абзац")
        row = write_consultation(uow, draft, request_id=uuid4())
        uow.session.flush()
        publish_consultation(uow, row, expected_version=row.version)
        uow.commit()
        return f"/consultations/{row.id}"


@pytest.fixture
def say(opened, client, at):
    def go(**changed):
        typed = {
            **{"words": WORDS, "behalf": "own", "author": "Проба Авторова", "phone": PHONE},
            **{"request_id": uuid4(), **changed},
        }
        return client.post(f"{opened}/say", data=typed, base_url=at(VILLAGE))

    return go


def path_of(answer):
    assert answer.status_code == 303, re.findall(r"error-message[^<]*<[^<]*", answer.text)
    return re.sub(r"https?://[^/]+", "", answer.location.partition("?")[0])


def test_the_code_of_an_sms_confirms_and_the_same_words_count_once(
    texts, opened, say, client, at, uow_in
):
    assert say(phone="123").status_code == 422
    once = uuid4()
    page = path_of(say(request_id=once))
    assert path_of(say(request_id=once)).startswith("/consultations/confirm/phone/")
    (text,) = texts()
    code = re.search(r"\d{6}", text)[0]
    assert WORDS not in client.get(opened, base_url=at(VILLAGE)).text

    def press(typed=code, path=page, village=VILLAGE, **more):
        return client.post(path, data={"code": typed, **more}, base_url=at(village))

    assert press(village=NEIGHBOUR).status_code == 404
    assert press("").status_code == 422
    assert "не съвпада" in press(f"{(int(code) + 1) % 10**6:06}").text.replace("\xa0", " ")
    assert path_of(press("", again="y")) == page and len(texts()) == 2
    own = path_of(press())
    assert path_of(press()) == own
    assert "-00001" in client.get(own, base_url=at(VILLAGE)).text
    assert WORDS in client.get(opened, base_url=at(VILLAGE)).text
    again = path_of(say(phone="+359 888 123456"))
    press(re.search(r"\d{6}", texts()[-1])[0], again)
    with uow_in(VILLAGE) as uow:
        first, second = uow.session.scalars(select(Opinion).order_by(Opinion.sequence))
        assert second.same_as == first.id


def test_codes_are_guessed_a_few_times_and_sent_a_few_times(texts, say, client, at):
    page = path_of(say())
    code = re.search(r"\d{6}", texts()[0])[0]
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for _ in range(5):
        client.post(page, data={"code": wrong}, base_url=at(VILLAGE))
    right = client.post(page, data={"code": code}, base_url=at(VILLAGE))
    assert right.status_code == 422 and "след 15 минути" in right.text.replace("\xa0", " ")
    for _ in range(6):
        last = say()
    assert last.status_code == 422 and "повече SMS" in last.text.replace("\xa0", " ")
    assert WORDS in last.text and len(texts()) == 5


def test_without_short_messages_an_address_is_needed(opened, say, client, at):
    assert 'name="phone"' not in client.get(f"{opened}/say", base_url=at(VILLAGE)).text
    refused = say()
    assert refused.status_code == 422 and WORDS in refused.text


def test_who_confirmed_by_phone_is_told_there(texts, opened, say, client, at, uow_in, letters):
    page = path_of(say())
    code = re.search(r"\d{6}", texts()[0])[0]
    client.post(page, data={"code": code}, base_url=at(VILLAGE))
    letters()
    assert "Получихме становище" in texts()[-1] and "Авторова" not in texts()[-1]
    with uow_in(VILLAGE) as uow:
        opinion = uow.session.scalars(select(Opinion)).one()
        opinion.told_at = None
        uow.session.get_one(Consultation, opinion.consultation_id).outcome_at = uow.now
        uow.session.flush()
        tell_authors(uow)
        assert opinion.told_at == uow.now
