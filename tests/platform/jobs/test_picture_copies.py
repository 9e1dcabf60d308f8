"""The job that draws the widths of pictures: it gives way, tries again and is set aside."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from obshto.ops.compose import all_components
from obshto.platform.jobs.worker import AGAIN
from obshto.platform.modularity.manifest import Component, Job, NoPersonalData
from obshto.platform.storage import child
from obshto.platform.storage import services as storage
from obshto.platform.storage.turns import gives_way

HERE = "gorno-selo"
DUE = "UPDATE procrastinate_jobs SET scheduled_at = now()"
KILLED = "import os; os.kill(os.getpid(), 9)"


@pytest.fixture
def kept(uow_in):
    """A picture whose copies are to be drawn."""
    made = BytesIO()
    Image.new("RGB", (1000, 500), "#14532d").save(made, "PNG")
    with uow_in(HERE) as uow:
        file = storage.keep_picture(uow, made, name="чешма.png")
        uow.commit()
        return file.id


@pytest.fixture
def kills(monkeypatch, tmp_path):
    """Whoever draws is killed, as the kernel does it that has no memory left."""
    (tmp_path / "decoder.py").write_text(KILLED)
    return lambda: monkeypatch.setattr(child, "PROGRAMS", tmp_path)


def test_copies_whose_drawing_was_killed_are_drawn_at_the_next_try(
    kept, kills, drain, jobs, queue, uow_in, monkeypatch
):
    kills()
    drain()
    [(state, tries)] = jobs(storage.DRAW_COPIES)
    assert state == "todo" and tries > 0
    monkeypatch.setattr(child, "PROGRAMS", Path(child.__file__).parent)
    queue(DUE)
    drain()
    [(state, last)] = jobs(storage.DRAW_COPIES)
    assert state == "succeeded" and last > tries
    with uow_in(HERE) as uow:
        widths = [copy.width for copy in storage.copies_of(uow, [kept])[kept]]
        assert sorted(widths) == [480, 480, 960, 960]


def test_what_is_killed_at_every_try_is_set_aside_with_its_reason(
    kept, kills, drain, jobs, queue, caplog
):
    kills()
    queue(f"{DUE}, attempts = {AGAIN.max_attempts}")
    drain()
    assert jobs(storage.DRAW_COPIES) == [("failed", AGAIN.max_attempts + 1)]
    assert "decoder.py was ended: signal 9" in caplog.text


def test_every_job_gives_way_to_people(make_app, uow_in, drain):
    seen = []
    job = Job(name="planted:note", run=lambda uow: seen.append(gives_way()))
    part = {"folder": Path(), "privacy": NoPersonalData(because="a test")}
    app = make_app(parts=(*all_components(), Component(slug="planted", jobs=(job,), **part)))
    with uow_in(HERE, app=app) as uow:
        uow.defer("planted:note")
        uow.commit()
    drain(app)
    assert seen == [True] and not gives_way()
