"""Forms of staff: members, sessions, questions."""
