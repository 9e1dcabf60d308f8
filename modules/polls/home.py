"""The poll that ends first, on the home page."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext

from obshto.modules.polls.forms.ballots import DEVICE
from obshto.modules.polls.models import Poll
from obshto.modules.polls.services.ballots import has_answered, names_of
from obshto.modules.polls.services.queries import asked_of, first_open
from obshto.modules.polls.services.states import Kind, Who
from obshto.platform.modularity.manifest import HomeBlock, Today
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.device import device_token
from obshto.platform.web.formats import day_of_month
from obshto.platform.web.fragments import render_once
from obshto.platform.web.language import current_language
from obshto.platform.web.request_uow import current_uow, read_once
from obshto.platform.web.validity import keep_until


def open_poll(uow: UnitOfWork) -> HomeBlock | None:
    """One question can be answered right here; of more there is a link. Three queries, or none.

    Where one must sign in there is a link as well: a choice would stand in the way back. Who has
    answered is asked no more: a browser with a cookie never gets the page that all others share.
    Its token belongs to one person, so the block is no shared one.
    """
    keep_until(None)  # the fragment says until when it holds
    if not render_once("polls.is_open", lambda: "open" if _first(current_uow()) else ""):
        return None
    poll = _first(uow)
    if poll is None:
        return None
    asked = asked_of(uow, poll.id)
    is_short = len(asked) == 1 and asked[0].question.kind != Kind.TEXT and poll.who == Who.ANYONE
    names = names_of(poll, person_id=uow.principal.person_id, token=device_token(DEVICE))
    context = {
        "poll": poll,
        "one": asked[0] if is_short else None,
        "number": len(asked),
        "has_answered": has_answered(uow, poll, names.known),
    }
    return HomeBlock(template="polls/home.html", context=context, weight=30, is_aside=True)


def ending_soon(uow: UnitOfWork) -> Today | None:
    """The poll that ends first, with its day. One query, or none."""
    poll = _first(uow)
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


def _first(uow: UnitOfWork) -> Poll | None:
    """The one that ends first, until another does."""
    poll, turn = read_once("polls.first", lambda: first_open(uow))
    keep_until(turn)
    return poll
