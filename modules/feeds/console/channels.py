"""Staff pages of profiles on networks."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request
from werkzeug.wrappers import Response

from obshto.modules.feeds.console.posts import Answer, console
from obshto.modules.feeds.forms.channels import AccountForm, ConnectForm, FacebookForm, RenewForm
from obshto.modules.feeds.permissions import FeedsPermission
from obshto.modules.feeds.services import channels
from obshto.modules.feeds.services.networks import NETWORKS
from obshto.modules.feeds.services.sources import KINDS, every_source
from obshto.platform.errors import DomainError
from obshto.platform.settings.permissions import SettingsPermission
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


@console.get("/channels")
@requires(FeedsPermission.CONNECT)
def list_channels() -> str:
    uow = current_uow()
    rows = channels.every_channel(uow)
    expiring = {row.id for row in rows if channels.is_expiring(row, uow.now)}
    about: dict[str, object] = {"sources": every_source(uow), "kinds": KINDS, "expiring": expiring}
    about["may_set"] = uow.principal.may(SettingsPermission.CHANGE)
    return render_template("feeds/channels.html", channels=rows, networks=NETWORKS, **about)


@console.route("/channels/new", methods=["GET", "POST"])
@requires(FeedsPermission.CONNECT)
def connect() -> Answer:
    return _connect(ConnectForm(), "feeds/connect.html")


@console.route("/channels/new-facebook", methods=["GET", "POST"])
@requires(FeedsPermission.CONNECT)
def connect_facebook() -> Answer:
    return _connect(FacebookForm(), "feeds/connect_facebook.html")


@console.route("/channels/new/<any(telegram, viber, bluesky):kind>", methods=["GET", "POST"])
@requires(FeedsPermission.CONNECT)
def connect_account(kind: str) -> Answer:
    form = AccountForm()
    form.fit(kind)
    return _connect(form, "feeds/connect_account.html", kind=kind, network=NETWORKS[kind])


def _connect(
    form: ConnectForm | FacebookForm | AccountForm, template: str, **about: object
) -> Answer:
    if form.validate_on_submit():
        try:
            request_id = form.request_id.data
            channels.connect_channel(current_uow(), request_id=request_id, **form.profile())
            return see_other("feeds_console.list_channels", said="feeds.connected")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled(template, form, **about)


@console.route("/channels/<uuid:channel_id>/token", methods=["GET", "POST"])
@requires(FeedsPermission.CONNECT)
def renew(channel_id: UUID) -> Answer:
    uow, to_change = current_uow(), request.method == "POST"
    channel = channels.channel_of(uow, channel_id, to_change=to_change)
    form = RenewForm(data={"expected_version": channel.version})
    if form.validate_on_submit():
        try:
            token, expected_version = form.token.data.strip(), form.expected_version.data
            channels.renew_token(uow, channel, token, expected_version=expected_version)
            return see_other("feeds_console.list_channels", said="feeds.connected")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("feeds/renew.html", form, channel=channel, how=f"feeds/how_{channel.kind}.html")


@console.get("/channels/<uuid:channel_id>/remove")
@requires(FeedsPermission.CONNECT)
def ask_to_disconnect(channel_id: UUID) -> str:
    channel = channels.channel_of(current_uow(), channel_id)
    return render_template("feeds/disconnect.html", channel=channel)


@console.post("/channels/<uuid:channel_id>/remove")
@requires(FeedsPermission.CONNECT)
def disconnect(channel_id: UUID) -> Response:
    uow = current_uow()
    channel = channels.channel_of(uow, channel_id, to_change=True)
    channels.remove_channel(uow, channel, expected_version=seen_here())
    return see_other("feeds_console.list_channels", said="feeds.disconnected")
