"""What a municipality may set for a part, in the form of the part's own dataclass."""
