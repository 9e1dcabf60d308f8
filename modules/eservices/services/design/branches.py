"""Branches of a design as a tree: steps, their questions, what each answer opens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from obshto.modules.eservices.services.design.compiler import PAPERS, Design, own_steps
from obshto.modules.eservices.services.design.condition_checks import faults_of_conditions
from obshto.modules.eservices.services.design.conditions import (
    said_answer,
    said_condition,
    tests_of,
)
from obshto.modules.eservices.services.design.faults import QUESTION
from obshto.modules.eservices.services.fragments import composed
from obshto.platform.questionnaires.logic import names_in
from obshto.platform.web.language import SOURCE, speaking

Fields = Mapping[str, Mapping[str, Any]]
Faults = Mapping[tuple[str, str], str]  # words by place and name


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A question by its name, or a document by its place in the list.

    `when` it comes is in words, so is the `fault`: why it never does.
    """

    label: str
    name: str
    is_paper: bool = False
    when: str = ""
    fault: str = ""
    is_own: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchStep:
    """A step with its questions; one that the portal adds is not own, and has no page here.

    Beside each question stands what it opens, by the words of the answer.
    """

    id: str
    title: str
    is_own: bool
    questions: Sequence[tuple[Leaf, Mapping[str, Sequence[Leaf]]]]

    @property
    def is_reached(self) -> bool:
        """Whether something of it can ever be asked."""
        return not self.questions or any(not leaf.fault for leaf, _opens in self.questions)


def tree_of(design: Design) -> tuple[list[BranchStep], list[Leaf]]:
    """The steps in their order, then the documents that are attached; in the design's language."""
    with speaking(SOURCE):
        return _tree(design, {(f.place, f.name): f.words for f in faults_of_conditions(design)})


def _tree(design: Design, faults: Faults) -> tuple[list[BranchStep], list[Leaf]]:
    whole, own = composed(design), {step["id"] for step in own_steps(design)}
    leaves = {
        name: Leaf(
            label=field["label"][SOURCE],
            name=name,
            when=said_condition(field.get("when"), whole["fields"]),
            fault=faults.get((QUESTION, name), ""),
            is_own=name in design["fields"],
        )
        for name, field in whole["fields"].items()
    }
    papers = list(_papers(design, whole["fields"], faults))
    opened = _opened(whole, leaves, papers)
    steps = [
        BranchStep(
            id=page["id"],
            title=page["title"][SOURCE],
            is_own=page["id"] in own,
            questions=[(leaves[n], opened.get(n, {})) for n in page["fields"] if n in leaves],
        )
        for page in whole["pages"]
    ]
    return steps, [leaf for leaf, _when in papers]


def _papers(design: Design, fields: Fields, faults: Faults) -> Iterator[tuple[Leaf, Any]]:
    """Each document with its condition; one of a shared part is not own."""
    for at, item in enumerate(design["bring"]):
        for paper in composed({"bring": [item]})["bring"]:
            leaf = Leaf(
                label=paper["text"][SOURCE],
                name=str(at),
                is_paper=True,
                when=said_condition(paper.get("when"), fields),
                fault=faults.get((PAPERS, str(at)), ""),
                is_own="use" not in item,
            )
            yield leaf, paper.get("when")


def _opened(
    whole: Mapping[str, Any], leaves: Mapping[str, Leaf], papers: Sequence[tuple[Leaf, Any]]
) -> dict[str, dict[str, list[Leaf]]]:
    """By question and by the words of its answer: what is asked or attached because of it."""
    found: dict[str, dict[str, list[Leaf]]] = {}
    asked = [(leaves[name], field.get("when")) for name, field in whole["fields"].items()]
    for leaf, when in [*asked, *papers]:
        for name, answer in _answers(when, whole["fields"]):
            found.setdefault(name, {}).setdefault(answer, []).append(leaf)
    return found


def _answers(when: Mapping[str, Any] | None, fields: Fields) -> Iterator[tuple[str, str]]:
    lines = tests_of(when)
    if lines is None:  # no designer's own: it is said as a whole where it stands
        for name in sorted(names_in(when)):
            yield name, str(gettext("по условие на образеца"))
        return
    for test in lines[0]:
        yield test.question, said_answer(test, fields.get(test.question, {}))
