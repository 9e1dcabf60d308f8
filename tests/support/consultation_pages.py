"""Pages of consultations as tests press them: where an act leads, an opinion from the counter."""

import re
from uuid import uuid4

from obshto.platform.clock import today

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
NAME, WORDS = "Проба Авторова", "Да се пази сянката"
WRITTEN = {
    "kind": "ordinance",
    "title": "Наредба за дърветата",
    "summary": "Едно. Две. Три.",
    "draft": "Първи абзац\nВтори абзац",
    "reasons": "Защото.",
}


def path_of(answer):
    assert answer.status_code == 303, re.findall(r"error-message[^<]*<[^<]*", answer.text)
    return re.sub(r"https?://[^/]+", "", answer.location.partition("?")[0])


def enter(secretary, opened, **changed):
    typed = {
        "words": WORDS,
        "author": NAME,
        "behalf": "own",
        "channel": "counter",
        "received_on": today().isoformat(),
        "request_id": uuid4(),
    }
    path = f"/console/consultations/{opened}/enter"
    slip = path_of(secretary.post(path, {**typed, **changed}))
    return slip, slip.split("/")[-2]
