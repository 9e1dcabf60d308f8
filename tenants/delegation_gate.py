"""Acting on behalf of a person: which mandate the session acts under, and what it lets through.

Part of the request gate. While a session acts under a mandate, a view of an act in its scope is
entered as the person; what everybody may read is read as a stranger; nothing else is entered.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import Response, current_app, g, make_response, render_template, request
from flask_babel import LazyString

from obshto.platform.modularity.delegation import Delegation, Mandates
from obshto.platform.modularity.ports import port_here
from obshto.platform.modularity.registry import Entry, current_registry, delegable_here
from obshto.platform.unit_of_work import ANONYMOUS, Actor, Principal, UnitOfWork
from obshto.platform.web.access import Open, is_own_while_acting
from obshto.platform.web.csrf import ON_BEHALF_OF
from obshto.platform.web.request_uow import act_as, current_principal, current_uow
from obshto.platform.web.writes import FIELD, is_write


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """What stands above every page while somebody acts under a mandate; one that ended has none."""

    assistant: str
    mandate: Delegation | None

    @property
    def labels(self) -> list[LazyString]:
        """The acts of the scope that are to be had here, as people say them."""
        held = self.mandate.acts if self.mandate else frozenset[str]()
        return [act.label for word, act in delegable_here().items() if word in held]


def current_acting() -> Acting | None:
    """Under what the request at hand acts, in force or not."""
    acting: Acting | None = g.get("acting")
    return acting


def enter_acting(entry: Entry) -> Response | None:
    """Let the view be entered on behalf of the person, or refuse it with all that was typed.

    A form counts for the person for whom it was drawn and for nobody else: neither after one has
    stopped, nor under the mandate of another.
    """
    me, mandate_id = current_principal(), g.get("acting_under")
    is_own = is_own_while_acting(current_app.view_functions[request.endpoint or ""])
    meant = set(request.form.getlist(ON_BEHALF_OF)) if is_write() and not is_own else set()
    if mandate_id is None or me.person_id is None:
        return refuse_act("nobody") if meant else None
    mandate = _in_force(current_uow(), mandate_id, me.person_id)
    g.acting = Acting(assistant=me.name, mandate=mandate)
    if is_own:
        return None
    g.on_behalf_of = str(mandate.person_id) if mandate else ""
    act = _act_in(mandate) if mandate else None
    if mandate and act:
        if is_write() and meant != {str(mandate.person_id)}:
            return refuse_act("another")
        act_as(_principal(me, mandate, act))
        return None
    if entry.access.who is Open.TO_ALL and not is_write():
        act_as(ANONYMOUS)
        return None
    return refuse_act("outside" if mandate else "ended")


def refuse_act(why: str) -> Response:
    """403 with everything typed. `why`: `ended`, `outside`, `another` person, `nobody` any more."""
    act_as(ANONYMOUS)
    typed = [pair for pair in request.form.items(multi=True) if pair[0] != FIELD]
    shown = {"why": why, "typed": typed if is_write() else [], "acting": current_acting()}
    page = make_response(render_template("tenants/not_in_mandate.html", **shown), 403)
    page.headers["Cache-Control"] = "private, no-store"
    return page


def record_act(uow: UnitOfWork) -> None:
    """Before-commit hook: what was done on behalf of a person stands in their journal."""
    if uow.principal.actor and (mandates := port_here(Mandates)):
        mandates.record_act(uow)


def _in_force(uow: UnitOfWork, mandate_id: UUID, me: UUID) -> Delegation | None:
    mandates = port_here(Mandates)
    return mandates.in_force(uow, mandate_id, me, to_write=is_write()) if mandates else None


def _act_in(mandate: Delegation) -> str | None:
    """The act of the scope that the view at hand belongs to."""
    acts = current_registry().acts_behind.get(request.endpoint or "", frozenset())
    return min(acts & mandate.acts, default=None)


def _principal(me: Principal, mandate: Delegation, act: str) -> Principal:
    """The person, without any right of the assistant's; signed in as surely as the assistant is."""
    assert me.person_id
    return Principal(
        person_id=mandate.person_id,
        name=mandate.name,
        municipality=me.municipality,
        assurance=me.assurance,
        at=me.at,
        actor=Actor(
            person_id=me.person_id,
            name=me.name,
            mandate_id=mandate.mandate_id,
            number=mandate.number,
            act=act,
            is_write=is_write(),
        ),
    )
