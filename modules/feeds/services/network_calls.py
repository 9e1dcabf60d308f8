"""One question to a network: put the post there, change it, remove it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from obshto.modules.feeds.errors import PictureTooLarge, PictureTooLong
from obshto.modules.feeds.models import Channel, Delivery, Post
from obshto.modules.feeds.services.approved_text import shown_of
from obshto.modules.feeds.services.channel_text import address_of
from obshto.modules.feeds.services.networks import network_of
from obshto.modules.feeds.services.picture_limits import picture_of
from obshto.modules.feeds.services.port import FindsPosts, Login, Message, Placed, Refused
from obshto.modules.feeds.services.targets import Target, text_for
from obshto.platform.keys.encryption import decrypt_for, encrypt_for
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

SECRET = "feeds_channel.secret"  # noqa: S105  (the name of a column)
CLOCKS = timedelta(minutes=5)  # by which theirs may be behind ours
PICTURE = "picture"  # too large for the network, or too long


def login_of(channel: Channel, home: str) -> Login:
    """The token leaves its seal here alone. `home` is the address of the portal."""
    token = decrypt_for(SECRET, channel.id, channel.secret)
    profile = channel.account_id or channel.account
    return Login(address=channel.address, token=token, profile=profile, home=home)


def seal_token(channel: Channel, token: str) -> None:
    """It lies good for this row of this municipality and no other."""
    channel.secret = encrypt_for(SECRET, channel.id, token)


def ask_network(
    login: Login, channel: Channel, row: Delivery, message: Message, *, is_wanted: bool
) -> Placed | None:
    """Where it stands afterwards; None for nowhere. Raises NetworkFailure."""
    network = network_of(channel.kind)
    if not is_wanted and row.remote_id:
        network.remove(login, row.remote_id)
        return None
    if not row.remote_id:
        # Also when it shall go: nobody knows whether the last question was heard, and only by
        # asking it again under its key do we learn what to remove.
        return network.put(login, message, key=str(row.id))
    return network.change(login, row.remote_id, message)


def found_posts(
    uow: UnitOfWork, channel: Channel, row: Delivery, post: Post
) -> list[Placed] | None:
    """What of a question without an answer stands there, the posts of other rows left out; None
    where the network itself knows a repeated question. Raises NetworkFailure.
    """
    network = network_of(channel.kind)
    if not isinstance(network, FindsPosts):
        return None
    assert row.asked_at
    mark = address_of(shown_of(post), uow.scope.address)
    rows = select(Delivery.remote_id).where(Delivery.target == row.target)
    known = set(uow.session.scalars(rows))
    login = login_of(channel, uow.scope.address)
    uow.commit()
    found = network.find(login, mark, since=row.asked_at - CLOCKS)
    return [placed for placed in found if placed.remote_id not in known]


def message_of(uow: UnitOfWork, channel: Channel, post: Post) -> Message:
    """What is handed over. Raises FileRefused for a picture that can't be drawn now, Refused for
    one that the network would not take.
    """
    shown, network = shown_of(post), network_of(channel.kind)
    target = Target(word=str(channel.id), title="", channel=channel)
    text = text_for(shown, target, uow.scope.address, uow.scope.title)
    if shown.picture_id is None:
        return Message(text=text, language=SOURCE)
    try:
        picture, mime = picture_of(
            uow, shown.picture_id, network.pictures, is_jpeg=not network.takes_webp
        )
    except (PictureTooLarge, PictureTooLong):
        raise Refused(PICTURE) from None
    return Message(
        text=text,
        language=SOURCE,
        picture=picture,
        mime=mime,
        alt=shown.picture_alt,
        pictures_at=f"{uow.scope.address}/feeds/{post.id}",
    )
