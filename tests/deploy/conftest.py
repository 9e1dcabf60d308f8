"""What one server is told, with made-up secrets in place of what an administrator fills in."""

import re
from pathlib import Path

import pytest
import yaml

DEPLOY = Path(__file__).parents[2] / "deploy"
ASKED = re.compile(r"\$\{(\w+)(:[?-])([^}]*)\}")
MADE_UP = {
    "SMTP_URL": "smtps://mail.example",
    "BOUNCE_TO": "bounces@obshto.example",
    "SMS_URL": "infobip://key@sms.example",
    "LIVEKIT_URL": "wss://video.obshto.example",
    "LIVEKIT_SERVER": "http://livekit:7880",
    "LIVEKIT_API_SECRET": "v" * 40,
    "MEDIA_S3_URL": "",
    "SMS_SECOND_URL": "twilio://account:token@sms.example",
    "STRIPE_KEY": "",
    "STRIPE_WEBHOOK_SECRET": "",
    "STRIPE_BILLING_SECRET": "",
    "OTEL_EXPORTER_OTLP_ENDPOINT": "",
    "STRIPE_PAGES": "",
    "TSA_URL": "",
    "POOLER": "pgbouncer:6432",
    "DATABASE_NODES": "10.0.0.2:5432",
    "EID_SIGN_IN_URL": "",
}


def filled_in():
    """example.env with something behind every word that stands empty."""
    lines = (DEPLOY / "example.env").read_text("utf-8").splitlines()
    words = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return {name: value or MADE_UP.get(name, "x" * 48) for name, value in words.items()}


@pytest.fixture(scope="session")
def words():
    return filled_in()


@pytest.fixture(scope="session")
def compose(words):
    """compose.yaml with the words in their places."""

    def word(found):
        name, kind, otherwise = found.groups()
        if kind == ":?":
            return words[name]
        return words.get(name) or otherwise

    written = (DEPLOY / "compose.yaml").read_text("utf-8")
    return yaml.safe_load(ASKED.sub(word, written))
