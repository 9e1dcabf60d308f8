"""Rules of the forum: discussions, posts, moderation, what the public and the staff may see."""
