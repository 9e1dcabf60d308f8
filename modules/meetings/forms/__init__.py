"""Forms of meetings: of the organiser, of guests, of who keeps the minutes."""
