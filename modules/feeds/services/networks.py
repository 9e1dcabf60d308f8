"""The networks that a municipality can connect, by the word that a row keeps."""

from __future__ import annotations

from obshto.modules.feeds.services.facebook import Facebook
from obshto.modules.feeds.services.mastodon import Mastodon
from obshto.modules.feeds.services.port import Connector

NETWORKS: dict[str, Connector] = {"mastodon": Mastodon(), "facebook": Facebook()}


def network_of(kind: str) -> Connector:
    """The connector of a row. Raises KeyError for a network that this version does not know."""
    return NETWORKS[kind]
