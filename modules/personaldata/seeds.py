"""Demonstration requests: invented people, as they would come to a small municipality."""

from __future__ import annotations

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy.dialects.postgresql import insert

from obshto.modules.personaldata.services.counter_print import open_for_person
from obshto.modules.personaldata.services.limits import LIMITATION, accept_limit
from obshto.modules.personaldata.services.request_actions import answer_request, take_request
from obshto.modules.personaldata.services.states import RECEIVED
from obshto.modules.personaldata.services.submission import RequestWords, send_request
from obshto.platform.cases.channels import COUNTER, POST
from obshto.platform.modularity.manifest import DataKind
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

# Kind, channel, words, how it was seen who asks, for whom, the answer.
TOLD = (
    (
        "access",
        COUNTER,
        "Искам да знам какво пазите за мен от заявленията ми за скица.",
        "card",
        "",
        "",
    ),
    ("correction", COUNTER, "Адресът ми е с грешен номер: вярното е № 14.", "card", "", "done"),
    (
        "access",
        POST,
        "Наследник съм на баща си. Моля за копие от преписките му за гробното място.",
        "",
        "heir",
        "",
    ),
    ("objection", COUNTER, "Не искам да ми се обаждате за анкети.", "card", "", ""),
)
CITIZEN = Subject(email="citizen@demo.example")
_GDPR = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „в“"
# Part, office, purpose, kinds, ground, days ago.
LOOKS: tuple[tuple[str, str, str, tuple[DataKind, ...], str, int], ...] = (
    (
        "eservices",
        "registry_clerk",
        "working",
        (DataKind.NAME, DataKind.NUMBER, DataKind.ANSWERS),
        f"{_GDPR}; АПК, чл. 36",
        2,
    ),
    (
        "eservices",
        "secretary",
        "signs",
        (DataKind.NAME, DataKind.ANSWERS),
        f"{_GDPR}; АПК, чл. 36",
        3,
    ),
    (
        "payments",
        "finance_officer",
        "counter",
        (DataKind.NAME, DataKind.MONEY, DataKind.PROPERTY),
        f"{_GDPR}; ЗМДТ, чл. 4",
        11,
    ),
    (
        "reports",
        "registry_clerk",
        "contact",
        (DataKind.NAME, DataKind.CONTACT),
        f"{_GDPR}; АПК, чл. 107",
        40,
    ),
)
LIMITED = Subject(email="dvor@demo.example")
ACCEPTED = "Приемаме. Докато трае спорът, служителите не ползват данните Ви."
ANSWER = "Поправихме адреса в трите преписки, в които стоеше. Благодарим, че ни казахте."


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their places, so seeding twice is harmless."""
    for number, (kind, channel, words, how, behalf, answer) in enumerate(TOLD):
        key = uuid5(NAMESPACE_URL, f"personaldata/{uow.scope.slug}/{number}")
        told = RequestWords(
            kind=kind,
            words=words,
            name="Проба Пробова",
            behalf=behalf,
            channel=channel,
            identified=how,
        )
        row = send_request(uow, told, request_id=key)
        uow.session.flush()
        if answer and row.state == RECEIVED:
            take_request(uow, row, expected_version=row.version)
            uow.session.flush()
            answer_request(uow, row, ANSWER, expected_version=row.version)
            uow.session.flush()
        if kind == "access" and how and row.state == RECEIVED:
            take_request(uow, row, expected_version=row.version)
    _limit(uow, uow.scope.slug)
    _looks(uow, uow.scope.slug)
    key = uuid5(NAMESPACE_URL, f"personaldata/{uow.scope.slug}/print")
    open_for_person(uow, CITIZEN, request_id=key)


def _limit(uow: UnitOfWork, slug: str) -> None:
    """Somebody whose data staff may not use while a dispute lasts."""
    words = "Спорим за границата на двора. Не ползвайте данните ми дотогава."
    told = RequestWords(
        kind=LIMITATION,
        words=words,
        name="Проба Пробова",
        channel=COUNTER,
        identified="card",
        email=LIMITED.email,
    )
    row = send_request(uow, told, request_id=uuid5(NAMESPACE_URL, f"personaldata/{slug}/limit"))
    uow.session.flush()
    if row.state == RECEIVED:
        take_request(uow, row, expected_version=row.version)
        uow.session.flush()
        accept_limit(uow, row, ACCEPTED, LIMITED, expected_version=row.version)
        uow.session.flush()


def _looks(uow: UnitOfWork, slug: str) -> None:
    """What the invented citizen finds in the timeline: of things that are not there any more."""
    for number, (part, office, purpose, kinds, ground, days) in enumerate(LOOKS):
        values = {
            "id": uuid5(NAMESPACE_URL, f"personaldata/{slug}/look/{number}"),
            "part": part,
            "object_id": uuid5(NAMESPACE_URL, f"personaldata/{slug}/thing/{number}"),
            "subject_index": CITIZEN.indexes(),
            "at": uow.now - timedelta(days=days, hours=number),
            "by_name": "Мая Тошева",
            "office": office,
            "kinds": [kind.value for kind in kinds],
            "purpose": purpose,
            "ground": ground,
        }
        uow.session.execute(insert(RecordedLook).values(values).on_conflict_do_nothing())
