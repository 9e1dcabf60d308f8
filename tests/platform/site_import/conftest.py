"""An editor of a village with news and pages, an export, and the jobs as the worker runs them."""

import pytest
from sqlalchemy import create_engine, text

from obshto.ops.compose import all_components
from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"


@pytest.fixture
def switch(config):
    """switch("pages", …): these modules are on in both villages."""

    def switch(*modules):
        engine = create_engine(config.migrator)
        with engine.begin() as connection:
            connection.execute(text("UPDATE shared.tenant SET modules = :m"), {"m": list(modules)})
        engine.dispose()

    return switch


@pytest.fixture
def editor(sign_in, switch):
    switch("news", "pages")
    return sign_in(VILLAGE, Role.EDITOR)


@pytest.fixture
def run_jobs(queued, owner, uow_in, config):
    """Each job of moving that waits, until none does; answers how many ran."""
    jobs = {
        job.name: job for part in all_components() for job in part.jobs if part.slug == "moving"
    }

    def run():
        ran = 0
        engine = create_engine(config.migrator)
        while waiting := [told for told in queued() if told[0] in jobs]:
            with engine.begin() as connection:
                connection.exec_driver_sql("SET LOCAL search_path = queue")
                connection.exec_driver_sql("DELETE FROM procrastinate_jobs")
            for name, given in waiting:
                ids = dict(given)
                with uow_in(ids.pop("municipality")) as uow:
                    jobs[name].run(uow, **ids)
                    uow.commit()
                    ran += 1
        engine.dispose()
        return ran

    return run


@pytest.fixture
def wordpress():
    """wordpress((number, kind, title, html), …): an export of an old site."""

    def export(*told, head="", status="publish"):
        items = (
            f"""<item><title>{title}</title><link>https://old.example/a-{number}/</link>
            <content:encoded><![CDATA[{html}]]></content:encoded><wp:post_id>{number}</wp:post_id>
            <wp:post_date_gmt>2020-05-01 10:00:00</wp:post_date_gmt><wp:status>{status}</wp:status>
            <wp:post_type>{kind}</wp:post_type></item>"""
            for number, kind, title, html in told
        )
        return f"""<?xml version="1.0" encoding="UTF-8"?>{head}
            <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
            xmlns:wp="http://wordpress.org/export/1.2/"><channel>
            <link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version>
            {"".join(items)}</channel></rss>""".lstrip().encode()

    return export


@pytest.fixture
def site(wordpress):
    """Two posts that lead to each other's address, a page, a picture."""
    link = "<a href='https://old.example/a-2/'>Още</a>"
    return wordpress(
        (1, "post", "Водата спира", f"<p>Утре от 8 часа. {link}</p>"),
        (2, "page", "История", "<h2>Откога</h2><p>Отдавна.</p>"),
        (3, "attachment", "Снимка", ""),
        (5, "post", "Със снимка", "<p>Вижте.</p><img src='https://old.example/a.jpg'>"),
    )
