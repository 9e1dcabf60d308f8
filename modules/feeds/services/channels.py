"""Profiles on networks: connected, looked at each day, given a new token, removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import delete, select, update

from obshto.modules.feeds.errors import NoSuchChannel, NotConnected
from obshto.modules.feeds.events import ChannelConnected, ChannelExpiring, ChannelRemoved
from obshto.modules.feeds.models import Channel, Delivery
from obshto.modules.feeds.services.by_hand import leave_to_hands
from obshto.modules.feeds.services.delivery import TOKEN, tell_broken
from obshto.modules.feeds.services.fan_out import ask
from obshto.modules.feeds.services.network_calls import login_of, seal_token
from obshto.modules.feeds.services.networks import network_of
from obshto.modules.feeds.services.port import (
    DeadToken,
    Login,
    NetworkFailure,
    Profile,
    Refused,
)
from obshto.modules.feeds.services.states import Stand
from obshto.platform.clock import now
from obshto.platform.db.base import new_id
from obshto.platform.entity import create_once, expect_version, of_request
from obshto.platform.errors import Conflict
from obshto.platform.unit_of_work import UnitOfWork

EARLY, LATE = timedelta(days=21), timedelta(days=7)  # before the end of a token


def every_channel(uow: UnitOfWork) -> list[Channel]:
    """In the order in which they were connected."""
    return list(uow.session.scalars(select(Channel).order_by(Channel.added_at, Channel.id)))


def channel_of(uow: UnitOfWork, channel_id: UUID, *, to_change: bool = False) -> Channel:
    """Raises NoSuchChannel."""
    found = uow.session.get(Channel, channel_id, with_for_update=to_change or None)
    if found is None:
        raise NoSuchChannel
    return found


def connect_channel(
    uow: UnitOfWork,
    *,
    kind: str,
    token: str,
    request_id: UUID,
    address: str = "",
    account: str = "",
    is_regional: bool = False,
) -> Channel:
    """Kept once the network has said whose token it is; the same `request_id` again answers the
    first one. `account` is typed where the token alone does not say. Raises NotConnected.
    """
    if first := of_request(uow, Channel, request_id):
        return first
    server = server_of(address or network_of(kind).default_address)
    login = Login(address=server, token=token, profile=account, home=_home(uow))
    profile = _profile(kind, login)
    channel = Channel(
        id=new_id(),
        request_id=request_id,
        kind=kind,
        address=server,
        account=profile.account,
        account_id=profile.account_id,
        is_regional=is_regional,
        limit=profile.limit,
        expires_at=profile.expires_at,
        added_at=uow.now,
        checked_at=uow.now,
        trouble="",
    )
    seal_token(channel, token)
    if (first := create_once(uow, channel)) is not channel:
        return first
    uow.emit(ChannelConnected(subject_id=channel.id, title=channel.account))
    return channel


def renew_token(uow: UnitOfWork, channel: Channel, token: str, *, expected_version: int) -> None:
    """A new token of the same profile; what waited for it leaves now.

    Raises NotConnected, Conflict.
    """
    login = login_of(channel, _home(uow))
    if login.token == token and not channel.trouble:
        return
    expect_version(channel, expected_version, Conflict)
    profile = _profile(channel.kind, replace(login, token=token))
    if _identity(profile.account_id, profile.account) != _identity(
        channel.account_id, channel.account
    ):
        raise NotConnected(
            why=gettext("Кодът е за друг профил: %(account)s.", account=profile.account)
        )
    seal_token(channel, token)
    _renew(channel, profile)
    channel.expiry_told_at = None
    waiting = update(Delivery).where(
        Delivery.target == str(channel.id),
        Delivery.state == Stand.FAILED,
        Delivery.trouble == TOKEN,
    )
    uow.session.execute(waiting.values(state=Stand.WAITING, trouble="", due_at=now(), tries=0))
    ask(uow)
    uow.emit(ChannelConnected(subject_id=channel.id, title=channel.account))


def remove_channel(uow: UnitOfWork, channel: Channel, *, expected_version: int) -> None:
    """Its token is gone for good; posts that stand there stay there, those that wait are posted by
    a person where the municipality chose so. Raises Conflict.
    """
    expect_version(channel, expected_version, Conflict)
    own = Delivery.target == str(channel.id)
    placed = update(Delivery).where(own, Delivery.edition > 0)
    uow.session.execute(placed.values(state=Stand.STAYS, due_at=None, asked_at=None))
    uow.session.delete(channel)
    uow.session.flush()
    leave_to_hands(uow, channel)
    uow.session.execute(delete(Delivery).where(own, Delivery.edition == 0))
    uow.emit(ChannelRemoved(subject_id=channel.id, title=channel.account))


def check_channels(uow: UnitOfWork) -> None:
    """Job of each day: a token that does not work any more is told to who can mend it."""
    for channel in every_channel(uow):
        login, kind = login_of(channel, _home(uow)), channel.kind
        uow.commit()
        try:
            profile = network_of(kind).check(login)
        except DeadToken:
            tell_broken(uow, channel)
        except NetworkFailure as failure:
            channel.trouble = channel.trouble or type(failure).__name__.casefold()
        else:
            if _identity(profile.account_id, profile.account) == _identity(
                channel.account_id, channel.account
            ):
                _renew(channel, profile)
        channel.checked_at = now()
        _tell_expiry(uow, channel)
        uow.commit()


def is_expiring(channel: Channel, at: datetime) -> bool:
    """Whether the token ends so soon that a new one should be made."""
    return channel.expires_at is not None and channel.expires_at - at <= EARLY


def _tell_expiry(uow: UnitOfWork, channel: Channel) -> None:
    """Three weeks before the end, and once more in its last week."""
    at, end, told = now(), channel.expires_at, channel.expiry_told_at
    if end is None or end <= at or not is_expiring(channel, at):
        return
    if told is None or (end - at <= LATE < end - told):
        channel.expiry_told_at = at
        uow.emit(ChannelExpiring(subject_id=channel.id, title=channel.account))


def _renew(channel: Channel, profile: Profile) -> None:
    """What the network says of it by now: a page may have been renamed."""
    channel.account, channel.limit = profile.account, profile.limit
    channel.expires_at, channel.trouble = profile.expires_at, ""
    channel.checked_at = now()


def _home(uow: UnitOfWork) -> str:
    return uow.scope.address


def _identity(account_id: str, account: str) -> str:
    return account_id or account


def server_of(address: str) -> str:
    """„mastodon.bg“, „https://mastodon.bg/@kula“: the server's own address."""
    typed = address.strip()
    url = urlsplit(typed if "://" in typed else f"https://{typed}")
    return f"{url.scheme}://{url.netloc.rpartition('@')[2].casefold()}"


def _profile(kind: str, login: Login) -> Profile:
    try:
        return network_of(kind).check(login)
    except DeadToken:
        why = gettext("Мрежата не приема този код за достъп. Направете нов и го препишете цял.")
    except Refused:
        why = (
            gettext("Мрежата не намира такъв профил или кодът не позволява да се публикува.")
            if network_of(kind).default_address
            else gettext("На този адрес няма такава мрежа. Проверете го.")
        )
    except NetworkFailure:
        why = gettext("Мрежата не отговаря. Проверете адреса и опитайте пак.")
    raise NotConnected(why=why)
