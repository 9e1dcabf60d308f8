"""A search over 20,000 published things against one over 200: the same questions, in turn."""

from __future__ import annotations

import csv
import json
import random
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from uuid import UUID

from sqlalchemy import create_engine, text

from obshto.modules.news import seeds
from obshto.platform.modularity.manifest import PublicEntry
from obshto.platform.search.index_rows import row_of
from obshto.platform.search.models import PublicRow, SearchEntry
from obshto.platform.search.services import _put
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

FEW, MANY = 200, 20_000
BATCH = 1_000
QUESTIONS = Path(__file__).parents[1] / "data" / "search.csv"
NEWS = Path(seeds.__file__).parent / "data" / "demo.json"


def bench(region, *, rounds):
    """Lines of the report; the first two municipalities are filled, the region with the larger."""
    small, large = region.slugs[:2]
    began = time.monotonic()
    _fill(region, small, FEW)
    _fill(region, large, MANY)
    _settle(region)
    yield f"{MANY} things were read and kept in {time.monotonic() - began:.0f} s"
    client = region.app.test_client()
    asked = [row["query"] for row in csv.DictReader(QUESTIONS.open(encoding="utf-8"))]
    hosts = {f"{FEW} things": f"{small}.", f"{MANY} things": f"{large}.", "the region": ""}
    took = {name: [] for name in hosts}
    for turn in range(rounds + 1):
        for query in asked:
            for name, label in hosts.items():
                seconds = _ask(client, f"http://{label}localhost:8000", query)
                took[name] += [seconds] if turn else []  # the first turn reads the dictionary
    nine = {name: quantiles(found, n=20)[-1] for name, found in took.items()}
    first = nine[f"{FEW} things"]
    for name, found in took.items():
        yield (
            f"search, {name}: median {1000 * median(found):.1f} ms, "
            f"p95 {1000 * nine[name]:.1f} ms, {nine[name] / first:.2f} of {FEW}"
        )


def _ask(client, base, query):
    began = time.perf_counter()
    answer = client.get("/search", query_string={"q": query}, base_url=base)
    assert answer.status_code == 200
    return time.perf_counter() - began


def _fill(region, slug, number):
    """Titles and texts mixed of the sentences of the demonstration news, always the same."""
    dice = random.Random(number)
    titles, sentences = _language()
    with region.app.app_context():
        for start in range(0, number, BATCH):
            entries = [_entry(dice, titles, sentences, n) for n in range(start, start + BATCH)]
            rows = [row_of(entry, slug) | {"part": "news"} for entry in entries[: number - start]]
            with open_uow(scope_named(slug), Principal.system("bench")) as uow:
                uow.session.execute(_put(SearchEntry), rows)
            if number == MANY:
                with open_uow(None, Principal.system("bench")) as shared:
                    named = [row | {"municipality": slug} for row in rows]
                    shared.session.execute(_put(PublicRow), named)


def _entry(dice, titles, sentences, number):
    """Half of one title, half of another; five sentences of anything."""
    one, other = dice.choice(titles).split(), dice.choice(titles).split()
    return PublicEntry(
        object_id=UUID(int=dice.getrandbits(128)),
        kind="news",
        title=" ".join([*one[: len(one) // 2 + 1], *other[len(other) // 2 :]]),
        path=f"/news/{number}",
        published_at=datetime.now(UTC) - timedelta(minutes=dice.randrange(1, 1_000_000)),
        language="bg",
        text=" ".join(dice.choice(sentences) for _ in range(5)),
    )


def _language():
    told = [told["texts"]["bg"] for told in json.loads(NEWS.read_text("utf-8"))]
    bodies = " ".join(text["body"] for text in told)
    return [text["title"] for text in told], re.split(r"(?<=[.!?])\s+", bodies)


def _settle(region):
    """As autovacuum would after a while."""
    engine = create_engine(region.config.migrator, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for slug in region.slugs[:2]:
            connection.execute(text(f'VACUUM ANALYZE "t_{slug.replace("-", "_")}".search_entry'))
        connection.execute(text("VACUUM ANALYZE shared.public_entry"))
    engine.dispose()
