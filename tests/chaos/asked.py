"""The poll that is asked in each village."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from flask import g

from obshto.modules.polls.services.polls import Draft, open_poll, write_poll
from obshto.modules.polls.services.queries import asked_of
from obshto.modules.polls.services.questions import ask_question
from obshto.modules.polls.services.wordings import Wording
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

ASKED = (
    Wording(kind="single", title="Кой ден?", options=("Петък", "Събота", "Неделя")),
    Wording(kind="several", title="Какво?", options=("Мед", "Сирене"), is_required=False),
    Wording(kind="text", title="Още нещо?", is_required=False),
)


@dataclass(frozen=True)
class Paper:
    """A poll as who answers it sees it: its address, the fields with the ids of their options."""

    poll_id: UUID
    fields: tuple[tuple[str, tuple[str, ...]], ...]  # none: a text

    @property
    def path(self):
        return f"/polls/{self.poll_id}"


def open_a_poll(app, slug):
    """A poll that everybody may answer, and that does not end while the drill lasts."""
    with app.app_context():
        g.modules = frozenset({"polls"})
        with open_uow(scope_named(slug), Principal.system("drill")) as uow:
            draft = Draft(title="Пазарът", who="anyone", closes_at=uow.now + timedelta(days=7))
            poll = write_poll(uow, draft, request_id=uuid4())
            for wording in ASKED:
                ask_question(uow, poll, wording, request_id=uuid4(), expected_version=poll.version)
            open_poll(uow, poll, expected_version=poll.version)
            uow.session.flush()
            asked = asked_of(uow, poll.id)
            return Paper(
                poll.id, tuple((one.field, tuple(str(o.id) for o in one.options)) for one in asked)
            )
