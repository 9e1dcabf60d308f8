"""Where providers leave their messages, on the region's host."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, g, request

from obshto.billing.arrivals.services import is_new, observe
from obshto.billing.charges.attempts import municipality_of
from obshto.billing.gateways.port import (
    Away,
    Capability,
    Forged,
    Gateway,
    Notice,
    Request,
    gateways,
)
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.platform.web.access import from_machine
from obshto.tenants.api import scope_named

machine = Blueprint("billing_machine", __name__)
AGAIN = 503  # a provider that hears this sends once more


def _is_from_a_provider() -> bool:
    """Signed by the provider in the address, lately, to the byte."""
    gateway = gateways().get(_named())
    if gateway is None or Capability.NOTICES not in gateway.capabilities:
        return False
    # A form has been read already by who looks for NUL in it; what is left is any other body.
    form = request.form.to_dict()
    told = Request(headers=dict(request.headers), form=form, body=request.get_data())
    try:
        g.notices = gateway.read(told)
    except Forged as forgery:
        current_app.logger.warning("a message as if from %s: %s", gateway.slug, forgery)
        return False
    return True


@machine.post("/money/<gateway>")
@from_machine(_is_from_a_provider)
def hear(gateway: str) -> Response:
    """A provider's messages: each has its effect once, in the municipality whose account it is."""
    by = gateways()[gateway]
    try:
        known = [_heed(by, notice) for notice in g.notices]
    except Away:
        return Response(status=AGAIN, headers={"Retry-After": "60"})
    told = by.acknowledge(g.notices, known)
    headers = {"Cache-Control": "no-store"}
    return Response(told.body, told.status, headers, content_type=told.content_type)


def _named() -> str:
    return str((request.view_args or {}).get("gateway", ""))


def _heed(gateway: Gateway, notice: Notice) -> bool:
    """Whether it is about something of ours. What can be asked is looked at, never believed.

    The provider is asked before any transaction; the mark that the message was heard stands in
    the same one as its effect.
    """
    slug = municipality_of(gateway.slug, notice.account)
    scope = scope_named(slug) if slug else None
    if scope is None:
        return False
    can_be_asked = Capability.POLLING in gateway.capabilities
    expected_version = gateway.look(notice.account, notice.subject) if can_be_asked else notice.told
    with open_uow(scope, Principal.system(gateway.slug)) as uow:
        if not is_new(uow, gateway.slug, notice):
            return True
        # Every one of them: a generator would stop at the first.
        return any([observe(uow, gateway.slug, one) for one in expected_version])
