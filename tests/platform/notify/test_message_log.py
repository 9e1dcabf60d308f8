"""What left, one by one: how each went, without whom and without what is theirs alone."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from obshto.platform.notify.message_log import PAGE, masked
from obshto.platform.notify.models import Channel, Message, State, Text
from obshto.platform.notify.outbox import put_letter
from obshto.platform.notify.subscribers import Wishes, subscribe
from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"
OUTBOX = "/console/notify/outbox"


@pytest.fixture
def letter(uow_in):
    """letter(state, …): a letter to one person alone; its id."""

    def put(state=State.HANDED_OVER, subject="Имате новост", **more):
        with uow_in(VILLAGE) as uow:
            words = (subject, "Кодът Ви е 4711")
            told = {"cause": uuid4(), "fact": "notify:subscriber.asked", "language": "bg"}
            put_letter(uow, **told, words=words, recipient="ivanka.petrova@abv.bg")
            [found] = uow.session.scalars(select(Message).where(Message.cause == told["cause"]))
            change = update(Message).where(Message.id == found.id).values(state=state, **more)
            uow.session.execute(change)
            uow.commit()
            return found.id

    return put


@pytest.fixture
def admin(sign_in):
    return sign_in(VILLAGE, Role.ADMIN)


def test_each_letter_tells_how_it_went_and_hides_whose_it_is(admin, letter):
    refused = letter(State.REFUSED, trouble="550 5.1.1", tries=1)
    page = admin.get(OUTBOX).text
    assert "Имате новост" in page and "i…@abv.bg" in page and "недоставено" in page
    told = admin.get(f"{OUTBOX}/{refused}").text.replace("\xa0", " ")
    assert "няма такъв адрес" in told and "550 5.1.1" in told
    assert "notify:" not in told.partition("<main")[2]
    for secret in ("ivanka", "petrova", "4711"):
        assert secret not in page + told
    assert "Текстът на писмо до един човек не се показва" in told


def test_whose_letter_it_is_reads_who_saw_how_it_went(admin, letter, sign_in, owner):
    reader = sign_in(VILLAGE, email="ivanka.petrova@abv.bg")
    found = letter()
    for page in (OUTBOX, f"{OUTBOX}/{found}", OUTBOX):
        assert admin.get(page).status_code == 200
    looks = "select object_id, purpose, kinds from t_gorno_selo.purposes_look"
    assert owner(looks) == [(found, "arrival", ["contact"])]
    told = reader.get("/personaldata/looks").text
    assert "Проверява дали писмата до Вас пристигат" in told and "Писмо от" in told


def test_what_was_told_to_many_can_be_read(admin, uow_in):
    with uow_in(VILLAGE) as uow:
        reader = subscribe(uow, "maria@example.org", Wishes(topics=("notices:water",), places=()))
        told = {"cause": uuid4(), "language": "bg"}
        words = {"subject": "Спиране на водата", "text": "Утре от 9 ч.\nДо обяд."}
        text = Text(topic="notices:water", places=[], **told, **words)
        uow.session.add(text)
        uow.session.flush()
        how = {"state": State.HANDED_OVER, "accepted_at": uow.now, "fact": "notices.published"}
        message = Message(subscriber_id=reader.id, text_id=text.id, is_bulk=True, **told, **how)
        uow.session.add(message)
        uow.session.flush()
        found = message.id
        uow.commit()
    page = admin.get(f"{OUTBOX}/{found}").text.replace("\xa0", " ")
    assert "Спиране на водата" in page and "<p>Утре от 9 ч.</p>" in page
    assert "m…@example.org" in page and "maria" not in page


def test_a_list_holds_what_it_says_and_older_ones_are_a_press_away(admin, letter, owner):
    letter(State.ACCEPTED, "Чакащо")
    letter(State.REFUSED, "Отказано", trouble="suppressed")
    assert "Чакащо" in admin.get(f"{OUTBOX}?list=waiting").text
    assert "Чакащо" not in admin.get(f"{OUTBOX}?list=refused").text
    for number in range(PAGE):
        letter(subject=f"Следващо {number}")
    first = admin.get(OUTBOX).text
    assert "Чакащо" not in first
    [older] = re.findall(rf'href="({OUTBOX}\?before=[^"]+)"', first)
    page = admin.get(older).text
    assert "Чакащо" in page and "Отказано" in page and "Следващо" not in page
    for wrong in ("list=other", "before=1"):
        assert admin.get(f"{OUTBOX}?{wrong}").status_code == 404


def test_only_who_may_looks(sign_in, letter):
    found = letter()
    clerk, stranger = sign_in(VILLAGE, Role.EDITOR), sign_in("dolno-selo", Role.ADMIN)
    assert clerk.get(OUTBOX).status_code == 403
    assert "outbox" not in clerk.get("/console/notify/").text
    assert stranger.get(f"{OUTBOX}/{found}").status_code == 404


@pytest.mark.parametrize(
    ("address", "channel", "shown"),
    [
        ("maria@example.org", Channel.EMAIL, "m…@example.org"),
        ("+359888123456", Channel.SMS, "…456"),
        ("https://push.example/secret", Channel.PUSH, ""),
        ("", Channel.EMAIL, ""),
    ],
)
def test_an_address_is_told_as_its_owner_alone_knows_it(address, channel, shown):
    assert masked(address, channel) == shown
