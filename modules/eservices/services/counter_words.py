"""Words for the clerk: what a question asks of the applicant, asked by whoever fills it in.

A published definition never changes and speaks to who applies. What its standard questions say at
the counter, over the telephone and out of a letter stands in `counter_words.json`, by the Bulgarian
words of the definition; what is not there, as a municipality's own questions, stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from obshto.modules.eservices.services.fragments import DATA
from obshto.platform.questionnaires.questions import Question, QuestionPage, Words
from obshto.platform.web.language import SOURCE


def for_clerk(words: Words) -> Words:
    """The same words of the applicant."""
    return _put().get(words[SOURCE], words)


def question_for_clerk(question: Question) -> Question:
    """Its label, hint and answers, and those of its columns."""
    return replace(
        question,
        label=for_clerk(question.label),
        hint=for_clerk(question.hint) if question.hint else None,
        options=tuple(replace(one, label=for_clerk(one.label)) for one in question.options),
        columns=tuple(map(question_for_clerk, question.columns)),
    )


def page_for_clerk(page: QuestionPage) -> QuestionPage:
    """Its heading."""
    return replace(page, title=for_clerk(page.title))


@cache
def _put() -> Mapping[str, Words]:
    found: Mapping[str, Words] = json.loads((DATA / "counter_words.json").read_text("utf-8"))
    return found
