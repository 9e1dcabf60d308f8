"""Pages of polls as tests press them: a poll is written, opened, answered."""

import re
from uuid import uuid4

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
TYPED = {"title": "Кога да е пазарът", "who": "anyone", "closes_at": "2090-01-01T17:00"}
ASKED = {"kind": "single", "title": "Кой ден?", "options": "Петък\nСъбота\n"}


def plain(answer):
    return answer.text.replace("\xa0", " ")


def write(editor, **changed):
    return editor.post("/console/polls/new", {**TYPED, "request_id": uuid4(), **changed})


def id_of(answer):
    assert answer.status_code == 303, answer.text
    return re.search(r"/console/polls/([0-9a-f-]{36})", answer.location)[1]


def ask(editor, poll_id, **changed):
    return editor.press(f"/console/polls/{poll_id}/questions", **{**ASKED, **changed})


def press(editor, poll_id, button):
    page = f"/{button}" if button in ("close", "open") else ""
    return editor.press(f"/console/polls/{poll_id}{page}", to=f"/{button}" if not page else "")


def answers(owner):
    """How many answered online and on paper."""
    return owner("select online, paper from t_gorno_selo.polls_poll")


class Citizen:
    """A browser of its own, without a session."""

    def __init__(self, app, base):
        self.client, self.base = app.test_client(), base
        self.client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"

    def get(self, path):
        return self.client.get(path, base_url=self.base)

    def ballot(self, poll_id):
        """(request id, name of the first question, values of its options)."""
        page = self.get(f"/polls/{poll_id}").text
        names = re.findall(r'name="(q[0-9a-f]{32})" type="radio" value="([0-9a-f-]{36})"', page)
        request_id = re.search(r'name="request_id"[^>]*value="([^"]+)"', page)
        return (request_id and request_id[1]), names[0][0], [value for _, value in names]

    def send(self, poll_id, fields):
        return self.client.post(f"/polls/{poll_id}", data=fields, base_url=self.base)

    def answer(self, poll_id, number=1):
        request_id, name, values = self.ballot(poll_id)
        return self.send(poll_id, {"request_id": request_id, name: values[number - 1]})
