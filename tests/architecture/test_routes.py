"""No address disappears, appears or changes its access unnoticed."""

from pathlib import Path

from obshto.ops.compose import all_components
from obshto.platform.permissions import Permission

SNAPSHOT = Path(__file__).parent / "routes.txt"


def told(app):
    """Every rule with its host, methods and access, one a line."""
    entries = app.extensions["obshto"].entries
    for rule in app.url_map.iter_rules():
        access = entries[rule.endpoint].access
        is_word = isinstance(access.who, Permission)
        words = [word.value for word in (access.who, *access.others)] if is_word else []
        who = " or ".join(words) or access.who.name.lower()
        if not is_word and access.assurance > 1:
            who += f", level {access.assurance}"
        host = rule.subdomain.partition(":")[2].removesuffix(">") or rule.subdomain or "region"
        methods = ",".join(sorted(rule.methods - {"HEAD", "OPTIONS"}))
        yield f"{host:14} {methods:9} {rule.rule:45} {who}"


def test_the_addresses_of_the_house_are_as_written_down(app):
    """To change them: write the new list over the file, and look at the difference in review."""
    assert sorted(told(app)) == SNAPSHOT.read_text("utf-8").splitlines()


def test_every_part_is_found_by_walking():
    slugs = [part.slug for part in all_components()]
    assert len(slugs) == len(set(slugs))
    assert {"audit", "jobs", "keys", "notify", "search", "settings", "tenants", "ops"} <= set(slugs)
