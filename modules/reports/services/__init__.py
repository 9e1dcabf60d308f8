"""Rules of reports: kinds, states, what is done with one, what is asked of many."""
