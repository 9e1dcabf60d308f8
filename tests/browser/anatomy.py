"""Anatomy of a page: its elements, each within which, its links, its forms."""

import re
from dataclasses import dataclass, field

from lxml import etree

FIELDS = ("input", "textarea", "select", "button")
TOLD = {
    "role",
    "for",
    "tabindex",
    "aria-label",
    "aria-labelledby",
    "aria-describedby",
    "alt",
    "scope",
}
# Elements that are written as what they stand in, when they have neither class nor role; shapes of
# a drawing. No rule of accessibility asks where they stand.
PLAIN = {"b", "bdi", "br", "code", "data", "em", "i", "option", "small", "span", "strong", "time"}
PLAIN |= {"abbr", "wbr"}
SHAPES = {"circle", "g", "line", "path", "polygon", "polyline", "rect", "use"}


@dataclass
class Form:
    """A form that is posted: what it sends as it stands, what it asks for."""

    action: str
    hidden: dict = field(default_factory=dict)
    typed: list = field(default_factory=list)
    boxes: set = field(default_factory=set)  # of these: what is sent only when it is ticked


class Page:
    """What a walker sees of a page: its elements, each within which, its links, its forms."""

    def __init__(self, html):
        self.elements, self.links, self.forms, self.is_posting = set(), [], [], False
        self.joints, self.within, self.heading = set(), [("", "")], ""
        reader = etree.HTMLParser(target=self)
        reader.feed(html)
        reader.close()

    def start(self, tag, given):
        element = (tag, given.get("class", ""))
        self.elements.add(element)
        told = sorted(TOLD.intersection(given))
        is_plain = tag in PLAIN and not element[1] or tag in SHAPES
        if told or not is_plain:
            self.joints.add((self.within[-1], element, *told))
        if re.fullmatch("h[1-6]", tag):
            self.joints.add((self.heading, tag))
            self.heading = tag
        self.within.append(self.within[-1] if is_plain and not told else element)
        self.links += [given[name] for name in ("href", "src") if given.get(name)]
        if tag == "form":
            self.is_posting = given.get("method") == "post"
            self.forms += [Form(given.get("action", ""))] if self.is_posting else []
        elif tag in FIELDS and self.is_posting and "name" in given:
            form, name, kind = self.forms[-1], given["name"], given.get("type")
            if kind == "hidden":
                form.hidden[name] = given.get("value", "")
            elif kind != "submit":
                form.typed.append(name)
                form.boxes |= {name} if kind in ("checkbox", "radio") else set()

    def end(self, tag):
        self.within.pop()
        self.is_posting = self.is_posting and tag != "form"

    def close(self):
        """All was said while it was read."""
