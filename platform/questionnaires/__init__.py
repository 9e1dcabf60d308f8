"""Questionnaires: versioned questions as data, conditions, checks of answers, one form for all."""
