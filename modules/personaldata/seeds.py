"""Demonstration requests: invented people, as they would come to a small municipality."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from obshto.modules.personaldata.services.counter_print import open_for_person
from obshto.modules.personaldata.services.request_actions import answer_request, take_request
from obshto.modules.personaldata.services.states import RECEIVED
from obshto.modules.personaldata.services.submission import RequestWords, send_request
from obshto.platform.cases.channels import COUNTER, POST
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
ANSWER = "Поправихме адреса в трите преписки, в които стоеше. Благодарим, че ни казахте."


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their places, so seeding twice is harmless."""
    assert uow.scope
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
    key = uuid5(NAMESPACE_URL, f"personaldata/{uow.scope.slug}/print")
    open_for_person(uow, Subject(email="proba@demo.example"), request_id=key)
