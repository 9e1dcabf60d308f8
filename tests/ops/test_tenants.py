"""Municipalities come, fill, go, from the command line."""

import json

import pytest

KULA = ("tenants", "add", "kula", "--name", "Кула")
SEEDED = (*KULA, "--modules", "news", "--seed")


def slugs(obshto):
    return [slug for (slug,) in obshto.owner("select slug from shared.tenant order by slug")]


def test_a_new_municipality_answers_on_its_subdomain_at_once(obshto):
    """What it offers is indexed without waiting for the night; its name is taken."""
    assert obshto.get("kula")[0] == 404
    said = json.loads(obshto.done(*KULA, "--json"))
    status, page = obshto.get("kula")
    assert status == 200
    assert "Община Кула" in page
    assert said["address"] == f"http://kula.localhost:{obshto.port}"
    assert "news" in said["modules"]
    assert obshto.get("kula", "/news/")[0] == 200
    assert "Kula Municipality" in obshto.get("kula", "/en/")[1]
    waiting = "SELECT task_name, args->>'municipality' FROM queue.procrastinate_jobs"
    assert ("search:renew", "kula") in [tuple(row) for row in obshto.owner(waiting)]
    assert "kula is taken" in obshto.refused(*KULA)


def test_a_municipality_is_named_in_each_language_as_told(obshto):
    obshto.done(
        *("tenants", "add", "novo-selo", "--name", "Ново село", "--name-en", "Novo Selo on Danube"),
        *("--name-ro", "Novo Selo pe Dunăre", "--colour", "#7c2d12", "--modules", ""),
    )
    [row] = json.loads(obshto.done("tenants", "list", "--json"))
    assert row["names"] == {
        "bg": "Ново село",
        "en": "Novo Selo on Danube",
        "ro": "Novo Selo pe Dunăre",
    }
    assert (row["modules"], row["is_up_to_date"]) == ([], True)
    people = obshto.done("tenants", "list")  # the same without --json
    assert people.split()[:2] == ["novo-selo", f"http://novo-selo.localhost:{obshto.port}"]
    assert obshto.get("novo-selo", "/news/")[0] == 404
    assert [tuple(r) for r in obshto.owner("select colour from shared.tenant")] == [("#7c2d12",)]


def test_seeding_who_is_not_there_is_refused(obshto):
    assert "There is no municipality nowhere, narnia." in obshto.refused(
        "seed", "nowhere", "narnia"
    )


def test_production_is_not_seeded_by_a_slip(obshto, tmp_path):
    obshto.done(*KULA, "--modules", "news")
    production = {
        "OBSHTO_ENV": "production",
        "BASE_URL": "https://obshto.example",
        "MASTER_KEY_FILE": str(obshto.config.master_key_file),
        "SMTP_URL": "smtp://mail.example",
        "MAIL_FROM": "post@obshto.example",
        "SECRET_KEY": "k" * 48,
        "OIDC_ISSUER": "https://sso.obshto.example/realms/obshto",
        "OIDC_CLIENT_SECRET": "given by the provider",
    }
    assert "Aborted" in obshto.refused("seed", "kula", **production)
    assert obshto.owner("select count(*) from t_kula.news_item")[0][0] == 0
    obshto.done("seed", "kula", "--yes", **production)
    assert obshto.owner("select count(*) from t_kula.news_item")[0][0] > 0
    # Nobody invented may sign in to production.
    assert obshto.owner("select count(*) from t_kula.tenants_appointment")[0][0] == 0


@pytest.mark.parametrize(
    ("slug", "more", "why"),
    [
        ("ops", (), "ops is reserved for the house"),
        ("Кула", (), "cannot be part of an address"),
        ("k", (), "cannot be part of an address"),
        ('kula"; drop schema shared', (), "cannot be part of an address"),
        ("kula", ("--colour", "#ffff00"), "could not be read on white"),
        ("kula", ("--colour", "red"), "a colour is # with six hexadecimal digits"),
        ("kula", ("--modules", "news,cinema"), "There is no module cinema. There are: "),
    ],
)
def test_what_cannot_be_is_refused_with_nothing_made(obshto, slug, more, why):
    assert why in obshto.refused("tenants", "add", slug, "--name", "Кула", *more)
    assert slugs(obshto) == []
    assert obshto.owner("select 1 from pg_namespace where nspname like 't\\_%'") == []


def test_a_schema_that_somebody_left_behind_is_not_taken_over(obshto):
    obshto.owner("create schema t_kula")
    try:
        assert "t_kula is there without a municipality" in obshto.refused(*KULA)
    finally:
        obshto.owner("drop schema t_kula")


NOTHING = (
    "select 1 from pg_namespace where nspname = 't_kula'",
    "select 1 from pg_roles where rolname = 't_kula'",
    "select 1 from shared.tenant_key where slug = 'kula'",
    "select 1 from shared.session where municipality = 'kula'",
    "select 1 from shared.public_entry where municipality = 'kula'",
)


def test_who_came_with_demonstration_content_goes_with_all_of_it(obshto):
    """Removal says what goes, then asks for the slug; nothing is left but the note."""
    obshto.done(*SEEDED)
    first = obshto.owner("select count(*) from t_kula.news_item")
    assert first[0][0] > 0
    assert "seeded kula" in obshto.done("seed", "kula")
    assert obshto.owner("select count(*) from t_kula.news_item") == first
    asked = obshto("tenants", "remove", "kula", typed="vidin\n")
    assert asked.returncode == 1
    assert "With Кула go " in asked.stdout and "news_item " in asked.stdout
    assert "Nothing was removed." in asked.stderr
    assert "Aborted" in obshto.refused("tenants", "remove", "kula")  # silence is no
    assert slugs(obshto) == ["kula"]
    assert "kula is gone." in obshto.done("tenants", "remove", "kula", typed="kula\n")
    assert obshto.get("kula")[0] == 404
    for nothing in NOTHING:
        assert obshto.owner(nothing) == []
    acts = "select act from shared.audit_entry where municipality = 'kula' order by at desc limit 2"
    assert [act for (act,) in obshto.owner(acts)] == [
        "tenants:municipality.left",
        "tenants:municipality.joined",
    ]


@pytest.mark.long
def test_the_name_of_who_left_is_free_again(obshto):
    obshto.done(*KULA)
    obshto.done("tenants", "remove", "kula", "--yes")
    obshto.done(*KULA)
    assert obshto.get("kula")[0] == 200


def test_who_is_not_there_cannot_be_removed(obshto):
    assert "There is no municipality kula." in obshto.refused("tenants", "remove", "kula", "--yes")


def test_an_empty_house_says_how_to_begin(obshto):
    assert "`obshto tenants add`" in obshto.done("tenants", "list")


@pytest.mark.parametrize("command", [("tenants", "list"), KULA, ("seed",), ("migrate",)])
def test_a_database_that_does_not_answer_is_told_in_a_sentence(obshto, command):
    away = "postgresql://migrator:secret@127.0.0.1:9/obshto"
    said = obshto.refused(*command, DATABASE_URL=away, MIGRATOR_URL=away)
    assert "migrator does not get in (127.0.0.1, database obshto)" in said
    assert "secret" not in said


@pytest.mark.parametrize(
    "command", [("tenants", "list"), KULA, ("seed",), ("modules", "list", "x")]
)
def test_a_database_without_tables_is_told_in_a_sentence(obshto, command):
    empty = {
        name: obshto.environ[name].replace("/obshto?", "/postgres?")
        for name in ("DATABASE_URL", "MIGRATOR_URL")
    }
    assert "run `obshto migrate` first" in obshto.refused(*command, **empty)


def test_the_owners_address_is_asked_for(obshto):
    assert "MIGRATOR_URL is not set" in obshto.refused(*KULA, MIGRATOR_URL="")
