"""Result of a vote as people read it: sums by choice, turnout by channel."""

from __future__ import annotations

from dataclasses import dataclass

from obshto.modules.voting.models import Election


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceSum:
    """One choice; an empty label is the blank vote."""

    label: str
    online: int
    paper: int

    @property
    def total(self) -> int:
        return self.online + self.paper


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSums:
    """One question with its choices, the blank vote at the end."""

    question: str
    choices: tuple[ChoiceSum, ...]


def outcome_of(election: Election) -> list[QuestionSums]:
    """Empty before the result is opened."""
    if election.result is None:
        return []
    empty = [[0] * len(line) for line in election.result]
    pairs = zip(election.questions, election.result, election.paper or empty, strict=True)
    return [_sums(question, online, paper) for question, online, paper in pairs]


def labels_of(question: dict[str, object]) -> list[str]:
    """Choices in the order of the sums: the blank vote is first there."""
    answers = question["answers"]
    assert isinstance(answers, list)
    return ["", *answers] if question.get("blank") else [*answers]


def _sums(question: dict[str, object], online: list[int], paper: list[int]) -> QuestionSums:
    rows = zip(labels_of(question), online, paper, strict=True)
    choices = [ChoiceSum(label=label, online=one, paper=two) for label, one, two in rows]
    choices.sort(key=lambda choice: not choice.label)
    return QuestionSums(question=str(question["question"]), choices=tuple(choices))
