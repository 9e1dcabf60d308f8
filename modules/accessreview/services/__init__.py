"""Rules of the review of access: reach, use, reviews, papers."""
