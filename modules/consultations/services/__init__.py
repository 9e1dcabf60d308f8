"""Acts upon consultations and opinions."""
