"""What of a proposal is followed by letter."""

from __future__ import annotations

from obshto.modules.proposals.models import Proposal
from obshto.modules.proposals.services.queries import PART
from obshto.platform.followers.services import Followed


def followed(proposal: Proposal) -> Followed:
    """The proposal as its followers know it."""
    return Followed(part=PART, object_id=proposal.id, title=proposal.title, path=proposal.path)
