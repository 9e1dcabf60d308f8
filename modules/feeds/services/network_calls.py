"""One question to a network: put the post there, change it, remove it."""

from __future__ import annotations

from obshto.modules.feeds.models import Channel, Delivery, Post
from obshto.modules.feeds.services.approved_text import Shown, shown_of
from obshto.modules.feeds.services.channel_text import network_text
from obshto.modules.feeds.services.networks import network_of
from obshto.modules.feeds.services.port import Login, Message, Placed, Refused
from obshto.platform.keys.encryption import decrypt_for, encrypt_for
from obshto.platform.storage.services import copies_of, file_of, pieces_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

SECRET = "feeds_channel.secret"  # noqa: S105  (the name of a column)
STAYS = "stays"  # a network that takes nothing back, or corrects nothing
WIDEST = 960  # pixels of a picture that is handed over


def login_of(channel: Channel) -> Login:
    """The token leaves its seal here alone."""
    return Login(address=channel.address, token=decrypt_for(SECRET, channel.id, channel.secret))


def seal_token(channel: Channel, token: str) -> None:
    """It lies good for this row of this municipality and no other."""
    channel.secret = encrypt_for(SECRET, channel.id, token)


def ask_network(
    uow: UnitOfWork, channel: Channel, row: Delivery, post: Post, *, is_wanted: bool
) -> Placed | None:
    """Where it stands afterwards; None for nowhere. Raises NetworkFailure."""
    network, login = network_of(channel.kind), login_of(channel)
    if not is_wanted and row.remote_id:
        if not network.can_withdraw:
            raise Refused(STAYS)
        network.remove(login, row.remote_id)
        return None
    message = _message(uow, channel, shown_of(post))
    if not row.remote_id:
        # Also when it shall go: nobody knows whether the last question was heard, and only by
        # asking it again under its key do we learn what to remove.
        return network.put(login, message, key=str(row.id))
    if not network.can_correct:
        raise Refused(STAYS)
    return network.change(login, row.remote_id, message)


def _message(uow: UnitOfWork, channel: Channel, shown: Shown) -> Message:
    assert uow.scope
    of_a_link = network_of(channel.kind).letters_of_a_link
    text = network_text(shown, uow.scope.address, limit=channel.limit, of_a_link=of_a_link)
    if shown.picture_id is None:
        return Message(text=text, language=SOURCE)
    copies = copies_of(uow, [shown.picture_id])[shown.picture_id]
    fitting = [copy for copy in copies if (copy.width or 0) <= WIDEST]
    file = fitting[-1] if fitting else file_of(uow, shown.picture_id)
    picture = b"".join(pieces_of(uow, file))
    return Message(
        text=text, language=SOURCE, picture=picture, mime=file.mime, alt=shown.picture_alt
    )
