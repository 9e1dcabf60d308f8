"""Reactions: after whatever changes what is public of the council a snapshot is asked for."""

from obshto.modules.oparl.services.snapshot import ask_refresh
from obshto.platform.modularity.manifest import Job

FACTS = (
    *(f"meetings:meeting.{word}" for word in ("announced", "scheduled", "corrected", "moved")),
    *(f"meetings:meeting.{word}" for word in ("cancelled", "reinstated", "hidden", "reverted")),
    *(f"meetings:file.{word}" for word in ("added", "described", "removed")),
    *("meetings:agenda.changed", "meetings:minutes.published"),
    *("council:member.saved", "council:committee.saved", "council:attendance.noted"),
    *("council:material.added", "council:material.removed"),
    *("council:question.entered", "council:question.answered"),
    *(f"videos:video.{word}" for word in ("edited", "published", "hidden", "expired")),
)


def _name(fact: str) -> str:
    """Each reaction is a task of its own: „oparl:after-meetings-agenda-changed“."""
    return f"oparl:after-{fact.replace(':', '-').replace('.', '-')}"


REACTIONS = {fact: Job(name=_name(fact), run=ask_refresh) for fact in FACTS}
