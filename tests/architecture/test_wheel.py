"""The wheel holds the whole house, and a clean installation of it serves a styled page."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from support.thorough import IS_THOROUGH

ROOT = Path(__file__).parents[2]
ROOMS = ("platform", "tenants", "modules", "billing", "sso", "ops")
NEVER_SHIPPED = {"node_modules", "__pycache__", "assets"}
BUILT_FROM = "modules/voting/booth/"  # only the built page is shipped

# With all its demonstration in `make test-all`.
FURNISHED = ["furnished"] if IS_THOROUGH else []
# What a visitor of Kula gets from the installed package, in Romanian.
HOME = """
import sys, tempfile
from obshto.ops.config import read_config, spelled
from obshto.ops.local import temporary_server
from obshto.ops.bootstrap_db import prepare
with temporary_server() as superuser:
    logins = prepare(superuser, "obshto")
    config = read_config({"DATA_DIR": tempfile.mkdtemp(), "DATABASE_URL": spelled(logins.app),
                          "MIGRATOR_URL": spelled(logins.migrator)})
    from sqlalchemy import create_engine
    from obshto.ops.migrate import migrate_shared
    from obshto.ops.seed import every_module, furnish, join
    from obshto.ops.compose import compose
    from obshto.tenants.municipalities.provision import NewMunicipality
    app, owner = compose(config), create_engine(config.migrator)
    migrate_shared(owner)
    named = {"bg": "Кула", "en": "Kula", "ro": "Kula"}
    titled = {"bg": "Община Кула", "en": "Kula Municipality", "ro": "Municipalitatea Kula"}
    kula = NewMunicipality(slug="kula", titles=titled, names=named, modules=every_module())
    with owner.begin() as connection, app.app_context():
        join(connection, kula, by="test")
    owner.dispose()
    if sys.argv[1:]:
        furnish(app, "kula")
    client = app.test_client()
    page = client.get("/ro/", base_url="http://kula.localhost:8000").text
    import re
    sheet = re.search(r'href="(/static/[^"]+[.]css)"', page).group(1)
    style = client.get(sheet, base_url="http://kula.localhost:8000")
    assert style.status_code == 200 and len(style.data) > 10_000
    import obshto.ops.config as where
    print(where.__file__)
    print(page)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    shutil.rmtree(ROOT / "build", ignore_errors=True)  # else a deleted file would live on in there
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q"]
    subprocess.run([*build, "-w", str(folder), str(ROOT)], check=True, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


def shipped():
    """Every file under the rooms that git knows, as the wheel spells it."""
    listed = subprocess.run(
        ["git", "ls-files", *ROOMS], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\n")
    for name in filter(None, listed):
        path = Path(name)
        here = (ROOT / path).exists()  # not one that was just deleted
        if name.startswith(BUILT_FROM) and not path.name.startswith("booth.html"):
            continue
        if here and not NEVER_SHIPPED & set(path.parts) and path.suffix not in (".md", ".po"):
            yield f"obshto/{name}"


def test_the_wheel_holds_every_file(wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    assert set(shipped()) - held == set()
    assert any(name.endswith("ro/LC_MESSAGES/messages.mo") for name in held)


def test_a_clean_installation_serves_kula_in_romanian_with_style(wheel, tmp_path):
    place = tmp_path / "site"
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(place)]
    subprocess.run([*pip, str(wheel)], check=True)
    answer = subprocess.run(
        [sys.executable, "-c", HOME, *FURNISHED],
        cwd=tmp_path,
        env={"PYTHONPATH": str(place), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr[-2000:]
    assert f"{place}/obshto/ops/config.py" in answer.stdout
    assert 'lang="ro"' in answer.stdout
    assert "Municipalitatea Kula" in answer.stdout
