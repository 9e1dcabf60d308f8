"""The networks that a municipality can connect, by the word that a row keeps."""

from __future__ import annotations

from obshto.modules.feeds.services.bluesky import Bluesky
from obshto.modules.feeds.services.facebook import Facebook
from obshto.modules.feeds.services.mastodon import Mastodon
from obshto.modules.feeds.services.port import Connector
from obshto.modules.feeds.services.telegram import Telegram
from obshto.modules.feeds.services.viber import Viber

NETWORKS: dict[str, Connector] = {
    "mastodon": Mastodon(),
    "facebook": Facebook(),
    "telegram": Telegram(),
    "viber": Viber(),
    "bluesky": Bluesky(),
}


def network_of(kind: str) -> Connector:
    """The connector of a row. Raises KeyError for a network that this version does not know."""
    return NETWORKS[kind]
