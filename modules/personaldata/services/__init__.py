"""Services of requests about personal data."""
