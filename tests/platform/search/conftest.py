"""A village that has published what villages publish."""

import csv
import json
from pathlib import Path
from uuid import uuid4

import pytest

from obshto.modules.news import seeds
from obshto.modules.news import services as news

DATA = Path(__file__).parents[2] / "data"
VILLAGE = "gorno-selo"


def table(name):
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def publish(uow, title, markdown="…", summary="…"):
    """One published item of news; it is committed with the work."""
    text = news.Text(title=title, summary=summary, markdown=markdown)
    item = news.write_item(uow, text, request_id=uuid4())
    news.publish_item(uow, item, expected_version=item.version)
    return item


@pytest.fixture
def filled(uow_in):
    """The pages of `search_entries.csv` among all the demonstration news."""
    demo = json.loads((Path(seeds.__file__).parent / "data" / "demo.json").read_text("utf-8"))
    with uow_in(VILLAGE) as uow:
        for row in table("search_entries.csv"):
            publish(uow, row["title"], row["text"])
        for told in demo:
            if told["status"] == "published":
                text = told["texts"]["bg"]
                publish(uow, text["title"], text["body"], text["summary"])
        uow.commit()
