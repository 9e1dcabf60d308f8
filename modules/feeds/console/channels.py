"""Staff pages of profiles on networks."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request
from werkzeug.wrappers import Response

from obshto.modules.feeds.console.posts import Answer, console
from obshto.modules.feeds.forms.channels import ConnectForm, RenewForm
from obshto.modules.feeds.permissions import FeedsPermission
from obshto.modules.feeds.services import channels
from obshto.modules.feeds.services.sources import KINDS, every_source
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.moves import see_other


@console.get("/channels")
@requires(FeedsPermission.CONNECT)
def list_channels() -> str:
    work = current_work()
    rows = channels.every_channel(work)
    return render_template(
        "feeds/channels.html", channels=rows, sources=every_source(work), kinds=KINDS
    )


@console.route("/channels/new", methods=["GET", "POST"])
@requires(FeedsPermission.CONNECT)
def connect() -> Answer:
    form = ConnectForm()
    if form.validate_on_submit():
        try:
            channels.connect_channel(
                current_work(),
                kind="mastodon",
                address=form.address.data,
                token=form.token.data.strip(),
                request_id=form.request_id.data,
            )
            return see_other("feeds_console.list_channels", said="feeds.connected")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("feeds/connect.html", form)


@console.route("/channels/<uuid:channel_id>/token", methods=["GET", "POST"])
@requires(FeedsPermission.CONNECT)
def renew(channel_id: UUID) -> Answer:
    work, to_change = current_work(), request.method == "POST"
    channel = channels.channel_of(work, channel_id, to_change=to_change)
    form = RenewForm(data={"seen": channel.version})
    if form.validate_on_submit():
        try:
            token, seen = form.token.data.strip(), form.seen.data
            channels.renew_token(work, channel, token, seen=seen)
            return see_other("feeds_console.list_channels", said="feeds.connected")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("feeds/renew.html", form, channel=channel)


@console.get("/channels/<uuid:channel_id>/remove")
@requires(FeedsPermission.CONNECT)
def ask_to_disconnect(channel_id: UUID) -> str:
    channel = channels.channel_of(current_work(), channel_id)
    return render_template("feeds/disconnect.html", channel=channel)


@console.post("/channels/<uuid:channel_id>/remove")
@requires(FeedsPermission.CONNECT)
def disconnect(channel_id: UUID) -> Response:
    work = current_work()
    channel = channels.channel_of(work, channel_id, to_change=True)
    channels.remove_channel(work, channel, seen=seen_here())
    return see_other("feeds_console.list_channels", said="feeds.disconnected")
