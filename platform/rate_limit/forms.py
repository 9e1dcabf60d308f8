"""The brake of a form that anybody may send."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar
from uuid import UUID

from flask import Flask, Response, current_app, g, request
from flask_babel import gettext
from wtforms import HiddenField, StringField

from obshto.platform.rate_limit.address import neighbourhood
from obshto.platform.rate_limit.services import (
    COUNTED,
    WITHIN,
    RateLimit,
    Sender,
    ask_sum,
    count_refused,
    give_back,
    is_answered,
    within_limit,
)
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.error_pages import REFUSED
from obshto.platform.web.forms import FlaskForm
from obshto.platform.web.hosts import LABEL

PROXIES = "obshto.proxies"  # the networks whose word about a sender counts


def install(app: Flask) -> None:
    app.after_request(_uncount)


def _uncount(response: Response) -> Response:
    """What the database could not take has not been sent yet; what was refused else has been."""
    counted, within = g.pop(COUNTED, ()), g.pop(WITHIN, ())
    if g.pop(REFUSED, False):
        give_back(counted)
    elif response.status_code >= 400:  # as the unit of work has it: nothing of it landed
        count_refused(within)
    return response


def sender_here() -> Sender:
    """Where the request at hand comes from and goes to."""
    return Sender(
        neighbourhood=neighbourhood(
            request.environ.get("REMOTE_ADDR", ""),
            request.headers.get("X-Forwarded-For", ""),
            current_app.config.get(PROXIES, ()),
        ),
        place=request.environ.get(LABEL, ""),
        secret=current_app.config["SECRET_KEY"].encode(),
    )


def may_still(rate_limit: RateLimit, whom: str) -> bool:
    """Count this one for what it goes to, as a hash, whoever sends it from wherever."""
    return within_limit(rate_limit, replace(sender_here(), neighbourhood=whom))


class RateLimitedForm(FlaskForm):
    """Beyond the limit of its `rate_limit` it asks for a sum; macro `sum_question` draws that.

    Nobody is locked out and nothing typed is lost: who adds two numbers goes on.
    """

    rate_limit: ClassVar[RateLimit]
    sum_token = HiddenField()
    sum_answer = StringField()
    is_asking = False
    is_first_asked = False  # the page comes back, though nothing on it was wrong

    def limits_besides(self) -> Iterable[tuple[RateLimit, str]]:
        """Other limits, each with whom it counts in place of the neighbourhood."""
        return ()

    def passes(self, account: UUID | None = None, *, work: UnitOfWork | None = None) -> bool:
        """Count this one; False when the page shall be shown again, with a sum to answer.

        An account counts by itself, wherever it sends from. With `work` it is counted within that,
        where nothing was read before (`within_limit`).
        """
        sender = sender_here()
        if account:
            sender = replace(sender, neighbourhood=account.hex)
        counted = [
            within_limit(self.rate_limit, sender, work=work),
            *(may_still(limit, whom) for limit, whom in self.limits_besides()),
        ]
        if all(counted):
            return True
        token, typed = self.sum_token.data or "", self.sum_answer.data or ""
        if is_answered(self.rate_limit, sender.secret, token=token, typed=typed):
            return True
        self._ask(sender.secret, is_wrong=bool(token))
        return False

    def _ask(self, secret: bytes, *, is_wrong: bool) -> None:
        """Who was not asked before has made no error, but must see why the page is here again."""
        asked = ask_sum(self.rate_limit, secret)
        self.is_asking = True
        self.sum_token.data, self.sum_answer.data = asked.token, ""
        self.sum_answer.label.text = gettext(
            "Колко прави %(one)s плюс %(other)s?", one=asked.one, other=asked.other
        )
        if is_wrong:
            self.sum_answer.errors = [gettext("Напишете колко прави сметката")]
        elif request.method == "POST":
            self.is_first_asked = True
            self.form_errors.append(gettext("Отговорете на сметката и изпратете отново"))
