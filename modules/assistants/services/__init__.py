"""Services of digital assistants."""
