"""Decisions of the council that a vote may rest on, from the published minutes of its sessions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask_babel import gettext

from obshto.modules.voting.models import Election
from obshto.platform.clock import day_of
from obshto.platform.modularity.council_sessions import (
    CouncilSession,
    CouncilSessions,
    SessionDecision,
)
from obshto.platform.modularity.ports import port_here
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day
from obshto.platform.web.language import SOURCE, current_language, speaking

SESSIONS = 12  # the latest ones; a query for each
MODEL = Path(__file__).parents[1] / "data" / "model-decision.txt"
LONGEST = 90  # letters of a decision in the list


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilLink:
    """Where a decision is read, below the host, what it is called, with its first words."""

    path: str
    title: str
    label: str


def linked_decision(election: Election) -> CouncilLink | None:
    """The one that a vote is linked to already."""
    path, title = election.decision_path, election.decision_title
    return CouncilLink(path=path, title=title, label=title) if path else None


@cache
def model_lines() -> Sequence[str]:
    """The model decision, in paragraphs."""
    return MODEL.read_text("utf-8").split("\n\n")


def decisions_to_choose(uow: UnitOfWork) -> Mapping[str, CouncilLink]:
    """By the id of their point, the latest session first; nothing where nobody keeps minutes."""
    port = port_here(CouncilSessions)
    if port is None:
        return {}
    return {
        f"{one.item_id}.{one.number}": CouncilLink(
            path=session.minutes_path,
            title=_title(session, one),
            label=_label(session, one),
        )
        for session in port.sessions(uow, is_public=True, most=SESSIONS)
        for one in port.decisions_of(uow, session.id)
    }


def _title(session: CouncilSession, decision: SessionDecision) -> str:
    with speaking(SOURCE):
        return _named(session, decision)


def _label(session: CouncilSession, decision: SessionDecision) -> str:
    """In the language of the page; an option cannot say that its text is in another one."""
    if current_language() != SOURCE:
        return _named(session, decision)
    text = " ".join(decision.text.split())
    short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
    return f"{_named(session, decision)}: {short}"


def _named(session: CouncilSession, decision: SessionDecision) -> str:
    values = {"number": decision.number or "–", "day": day(day_of(session.starts_at))}
    return str(gettext("Решение № %(number)s от %(day)s", **values))
