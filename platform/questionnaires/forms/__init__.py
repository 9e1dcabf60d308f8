"""Forms drawn from questions, by WTForms."""
