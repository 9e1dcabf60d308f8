"""Rules of proposals: states, words, supports, thresholds, decisions, what is asked of many."""
