"""Messages leave the house through here."""
