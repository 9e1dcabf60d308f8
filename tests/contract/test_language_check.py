"""Each box of staff whose text citizens read has the check of language, or says why it has none."""

import re
from pathlib import Path

import pytest

from obshto.ops.compose import all_components

PARTS = [part for part in all_components() if (part.folder / "templates").is_dir()]
EXTENDS = re.compile(r'\{% extends "([^"]+)" %\}')
BOX = re.compile(r"\barea\((\w+)\.(\w+)")
TRANSLATION = ("_en", "_ro")  # the check reads Bulgarian
# Page of the part and field, by why no check stands there. A new box goes into neither list by
# itself: what citizens read gets the check.
WITHOUT = {
    "colleagues, the mayor or a commission read it, no citizen does": {
        "accessreview/line.reason",
        *("assistants/problem_new.words", "assistants/visit.notes"),
        *("centres/item_fields.note", "centres/item_repair.work", "centres/item_words.words"),
        *("courses/note.words", "crisis/person.note"),
        *("dataprotection/activity.recipients", "dataprotection/activity.protection"),
        *("dataprotection/assess.why", "dataprotection/assess.description"),
        *("dataprotection/assess.necessity", "dataprotection/assess.rights"),
        *("dataprotection/assess.voices", "dataprotection/assess.measures"),
        "dataprotection/drill.scenario",
        *("dataprotection/finding.words", "dataprotection/incident.words"),
        *("dataprotection/incident_authority.why", "dataprotection/incident_close.words"),
        *("dataprotection/incident_facts.happened", "dataprotection/incident_facts.measures"),
        *("dataprotection/incident_facts.consequences", "dataprotection/incident_note.words"),
        *("dataprotection/incident_persons.why", "dataprotection/propose.words"),
        "dataprotection/return.words",
        *("eservices/approval.words", "eservices/decline.because", "eservices/desk.words"),
        *("eservices/dog.words", "eservices/note.words", "eservices/proposal.words"),
        "reports/pass_to_team.words",
        *("helpdesk/ask.text", "helpdesk/show.text", "style/page.body", "style/rare.areas"),
        *("retention/end_hold.why", "retention/new_hold.reason", "retention/prolong.reason"),
    },
    "what a citizen or another body said, word for word": {
        *("assembly/petition_edit.questions", "assembly/petition_edit.reasons"),
        *("assistants/fields.words", "centres/fields.wish"),
        *("consultations/fields.words", "consultations/appeal.words"),
        *("council/question_new.words", "courses/fields.wish", "forum/fields.words"),
        *("initiatives/edit.question", "initiatives/edit.reasons"),
        *("meetings/coming_fields.needs", "meetings/enter_question.words"),
        *("meetings/question.words", "moderation/appeal.words", "opendata/parts.words"),
        *("personaldata/fields.words", "projects/question.asked", "projects/question_new.words"),
        *("proposals/enter_question.words", "proposals/fields.text", "proposals/fields.reason"),
        *("referendum/statement.statement", "reports/body_answer.words", "reports/fields.words"),
        "videos/cue.words",
    },
    "an act or a document as it was adopted or issued": {
        *("assembly/vote.decision", "council/vote.motion", "council/vote.decision"),
        *("meetings/entry.motion", "meetings/entry.decision", "eservices/correction.text"),
        "voting/write.decision",
    },
    "lines of a list: answers, days, places, codes": {
        *("courses/course_fields.syllabus", "courses/course_fields.question_0"),
        *("courses/course_fields.question_1", "courses/course_fields.question_2"),
        *("initiatives/step.places", "meetings/straw_poll.options", "polls/question.options"),
        *("hours/fields.changes", "petitions/protocol.places", "reports/cover.areas"),
        *("voters/paper_give.credential", "voting/codes.credential", "voting/villages.villages"),
    },
    "the summary of an editor, which is read with its text": {
        *("consultations/text_fields.summary", "guides/fields.summary", "news/fields.summary"),
        *("pages/fields.summary", "projects/fields.summary"),
    },
    "a page of a translator": {"events/translate.summary", "projects/translate.summary"},
}
EXCUSED = set().union(*WITHOUT.values())


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.slug)
def test_every_box_for_citizens_has_the_check(part):
    found = unchecked(part)
    mine = {it for it in EXCUSED if it.startswith(f"{part.slug}/")}
    assert found == mine, (found - mine, mine - found)


def unchecked(part):
    """„part/page.field“ of each box of its staff pages that has no check below."""
    files = sorted(Path(part.folder, "templates").glob("*.html"))
    return {
        f"{part.slug}/{file.stem}.{it}" for file in files for it in bare(file.read_text("utf-8"))
    }


def bare(text):
    """Fields without a check. Pages that only citizens see are left out, what they share is not."""
    base = EXTENDS.search(text)
    is_staff = base is None or base[1] == "console.html"
    return [
        field
        for form, field in (BOX.findall(text) if is_staff else [])
        if f"language_check({form}.{field}" not in text and not field.endswith(TRANSLATION)
    ]
