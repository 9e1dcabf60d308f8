"""Demonstration content of training: invented records of the demonstration staff."""

from __future__ import annotations

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from obshto.modules.training.services.records import CourseWords, enter_course
from obshto.modules.training.services.topics import PERSONAL, TOPICS, topics_of
from obshto.platform.clock import day_of
from obshto.platform.legal.terms import months_later
from obshto.platform.notify.seeds import add_lost_letter
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import holders_of_roles

COURSE = "Примерен курс, Учебен център „Проба“"
SOON = timedelta(days=20)


def seed(uow: UnitOfWork) -> None:
    """Personal data for everybody: of every third one it holds, ends soon, has run out.

    In practice a letter has come back besides: a reset empties the letters, and seeds no layer.
    Request ids are made of the person, so seeding twice is harmless.
    """
    if uow.scope.is_practice:
        add_lost_letter(uow, uuid5(NAMESPACE_URL, f"training/{uow.scope.slug}/lost"))
    today = day_of(uow.now)
    for number, (person_id, roles) in enumerate(sorted(holders_of_roles(uow).items())):
        if PERSONAL not in topics_of([role.value for role in roles]):
            continue
        first = months_later(today, -TOPICS[PERSONAL].months)
        learned_on = (today - SOON, first + SOON, first - SOON)[number % 3]
        words = CourseWords(topic=PERSONAL, course=COURSE, learned_on=learned_on)
        key = uuid5(NAMESPACE_URL, f"training/{uow.scope.slug}/{person_id}")
        enter_course(uow, person_id, words, request_id=key)
