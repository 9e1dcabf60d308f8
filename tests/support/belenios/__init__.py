"""Elections of Belenios in tests: quick ballots, boards as bytes, ceremonies by belenios-tool."""
