"""A course as a poster: when, where, the telephone."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext

from obshto.modules.courses.models import Course
from obshto.modules.courses.services.kinds import KINDS
from obshto.modules.courses.services.queries import open_groups, published
from obshto.platform.modularity.manifest import Paper
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import clock, day, euro
from obshto.platform.web.language import language_in_force, speaking

GROUPS = 3  # on one sheet


def paper_of(uow: UnitOfWork, course_id: UUID) -> Paper | None:
    """In the language in force, else in Bulgarian; None for what is not public. Two queries."""
    course = uow.session.scalar(published().where(Course.id == course_id))
    if course is None:
        return None
    name, about, language = course.told(language_in_force())
    groups = open_groups(uow, [course.id])[:GROUPS]
    with speaking(language):
        facts = [
            (
                gettext("Кога и къде"),
                ", ".join(
                    filter(
                        None,
                        (
                            day(one.starts_at),
                            clock(one.starts_at),
                            one.settlement_in(language),
                            one.address,
                        ),
                    )
                ),
            )
            for one in groups
        ]
        phones = list(dict.fromkeys(one.phone for one in groups if one.phone))
        price = euro(course.price_cents) if course.price_cents else gettext("безплатно")
        facts.append((gettext("Цена"), price))
        facts += [(gettext("Записване"), ", ".join(phones))] if phones else []
        kind = str(KINDS[course.kind])
    return Paper(
        kind=kind,
        title=name,
        facts=tuple(facts),
        text=tuple(line for line in (about, *course.subjects) if line.strip()),
        path=course.path,
        language=language,
    )
