"""The poll that ends first, on the home page."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext

from obshto.modules.polls.forms.device import device_token
from obshto.modules.polls.services.ballots import has_answered, names_of
from obshto.modules.polls.services.queries import asked_of, open_at
from obshto.modules.polls.services.states import Kind, Who
from obshto.platform.modularity.manifest import HomeBlock, Today
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day_of_month
from obshto.platform.web.language import current_language


def open_poll(uow: UnitOfWork) -> HomeBlock | None:
    """One question can be answered right here; of more there is a link. At most three queries.

    Where one must sign in there is a link as well: a choice would stand in the way back. Who has
    answered is asked no more: a browser with a cookie never gets the page that all others share.
    """
    poll = uow.session.scalar(open_at(uow.now).limit(1))
    if poll is None:
        return None
    asked = asked_of(uow, poll.id)
    is_short = len(asked) == 1 and asked[0].question.kind != Kind.TEXT and poll.who == Who.ANYONE
    names = names_of(poll, person_id=uow.principal.person_id, token=device_token())
    context = {
        "poll": poll,
        "one": asked[0] if is_short else None,
        "number": len(asked),
        "has_answered": has_answered(uow, poll, names.known),
    }
    return HomeBlock(template="polls/home.html", context=context, weight=30, is_aside=True)


def ending_soon(uow: UnitOfWork) -> Today | None:
    """The poll that ends first, with its day. One query."""
    poll = uow.session.scalar(open_at(uow.now).limit(1))
    if poll is None:
        return None
    title, language = poll.said("title", current_language())
    return Today(
        title=gettext("Анкета до %(day)s", day=day_of_month(poll.closes_at)),
        text=title,
        language=language,
        path=url_for("polls_citizen.show", poll_id=poll.id),
        weight=40,
    )
