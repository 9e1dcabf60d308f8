"""Registers the fixtures that all tests share."""

pytest_plugins = (
    "support.collection",
    "support.network",
    "support.database",
    "support.rows",
    "support.seeding",
    "support.commands",
    "support.pdf_judge",
    "support.people",
    "support.mail_server",
    "support.sent_statements",
    "support.practice",
)
