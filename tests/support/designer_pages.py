"""Pages of the service designer, as somebody who fills them in."""

import html
import re
from io import BytesIO
from uuid import uuid4

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
OWN = "/console/eservices/own"
HALL = "Разрешение за ползване на спортната зала"


def text(page):
    return html.unescape(re.sub(r"\s+", " ", page.text.replace("\xa0", " ")))


class Design:
    """The designer's pages, as somebody who fills them in."""

    def __init__(self, person, walking, title=HALL, origin=""):
        self.person, self.walking = person, walking
        data = {"request_id": uuid4(), "title": title, "need": "property", "origin": origin}
        answer = person.post(f"{OWN}/new", data)
        assert answer.status_code == 303, text(answer)
        self.path = re.search(rf"{OWN}/[0-9a-f-]{{36}}", answer.location)[0]

    @property
    def page(self):
        return self.person.get(self.path)

    def save(self, part, status=303, **data):
        path = f"{self.path}/{part}"
        shown = self.person.get(path)
        assert shown.status_code == 200, (part, shown.status_code)
        sent = {**filled(shown), **data, "expected_version": self.walking.seen_on(shown)}
        answer = self.person.post(path, {k: v for k, v in sent.items() if v is not None})
        told = text(answer)
        assert answer.status_code == status, told[told.find("<main") :][:3000]
        return answer

    def about(self, **changed):
        self.save("about", law="Наредба за спортните имоти, чл. 12", **changed)

    def step(self, title):
        self.save("steps/new", title=title)
        return re.findall(r"/steps/(step-\d+)", self.page.text)[-1]

    def ask(self, place, label, kind="text", **more):
        self.save(f"add/{place}", label=label, kind=kind, **{"required": "y", **more})

    def press(self, path, **typed):
        return self.person.press(self.path, to=path, **typed)

    def publish(self, note="Първа версия"):
        return self.save("publish", note=note)

    @property
    def key(self):
        return re.search(r"/eservices/(own-[0-9a-f]+)", self.page.text)[1]


def filled(page):
    """What the boxes of a page hold, as a browser would send them again."""
    found = {}
    for tag in re.findall(r"<input [^>]*>", page.text):
        name, value = (re.search(rf' {a}="([^"]*)"', tag) for a in ("name", "value"))
        is_box = 'type="checkbox"' in tag or 'type="radio"' in tag
        if name and (not is_box or " checked" in tag):
            found[name[1]] = html.unescape(value[1]) if value else ""
    areas = re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>(.*?)</textarea>', page.text, re.S)
    found |= {name: html.unescape(words).removeprefix("\n") for name, words in areas}
    for name, inside in re.findall(
        r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', page.text, re.S
    ):
        options = re.findall(r"<option [^>]*>", inside)
        chosen = next((o for o in options if " selected" in o), options[0])
        found[name] = html.unescape(re.search(r'value="([^"]*)"', chosen)[1])
    return found


def carried(person, content):
    file = (BytesIO(content), "service.json")
    data = {"request_id": str(uuid4()), "file": file}
    return person.post(f"{OWN}/file", data, content_type="multipart/form-data")
