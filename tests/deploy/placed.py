"""The committed configuration of nginx with the addresses and a folder of this machine."""

import shutil
from pathlib import Path

CONF = Path(__file__).parents[2] / "deploy" / "nginx.conf"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def placed(folder, *changes):
    """The command that starts it, without the changes' old words anywhere in the configuration."""
    text = CONF.read_text("utf-8")
    for old, new in (("/tmp/", f"{folder}/"), ("/dev/stdout", f"{folder}/access.log"), *changes):
        assert old in text, old
        text = text.replace(old, new)
    (folder / "nginx.conf").write_text(text)
    command = [NGINX, "-p", folder, "-c", folder / "nginx.conf", "-e", "stderr"]
    return [*map(str, command), "-g", "daemon off; user root;"]
