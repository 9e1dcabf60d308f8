"""Notifications in browsers and on phones, by the push service of each browser (RFC 8030)."""
