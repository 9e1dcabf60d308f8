"""Forms of referenda, and the desk that committee and staff work at alike."""
