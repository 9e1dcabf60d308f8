"""Parts that take what people say: each declares its figures of a year, or says here why not."""

import pytest

from obshto.ops.compose import all_components
from obshto.platform.modularity.manifest import ModuleManifest

MODULES = [part for part in all_components() if isinstance(part, ModuleManifest)]
# What people send there is no voice in what the municipality decides, or is counted elsewhere.
NO_VOICE = {
    "accessreview": "staff alone",
    "assistants": "somebody is let act for another",
    "centres": "a place is booked",
    "courses": "a place is booked",
    "crisis": "somebody says that they are well",
    "eservices": "an application is a right, not an opinion",
    "events": "an event is announced or a place is booked",
    "feeds": "an address is followed",
    "guides": "a paper is printed",
    "mandates": "one person lets another act",
    "notices": "a notice is read",
    "pages": "a page is read",
    "payments": "money is paid",
    "personaldata": "a right to one's own data",
    "places": "a place is looked for",
    "polling": "an address is looked for and kept nowhere",
    "training": "a course is taken",
    "transit": "a way is looked for",
    "videos": "a video is seen",
    "voters": "who registers votes in `voting`, which counts it",
}


def public_posts(app, slug):
    """Addresses for the public of a module to which something can be sent."""
    return [
        str(rule)
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods
        and rule.endpoint.partition(".")[0].startswith(f"{slug}_")
        and not str(rule).startswith("/console")
    ]


@pytest.mark.parametrize("module", [pytest.param(one, id=one.slug) for one in MODULES])
def test_what_people_say_is_counted_for_the_year(app, module):
    is_no_voice = module.slug in NO_VOICE
    if public_posts(app, module.slug):
        assert module.participation or is_no_voice, "declare `participation`, or say why not"
    assert not (module.participation and is_no_voice), "it is counted: take it out of NO_VOICE"


def test_each_way_has_a_word_and_a_page_of_its_own():
    ways = [(module, way) for module in MODULES for way in module.participation]
    assert len({way.word for _module, way in ways}) == len(ways) >= 13
    for module, way in ways:
        assert way.word.startswith(f"{module.slug}.") and way.path.startswith(f"/{module.slug}/")
