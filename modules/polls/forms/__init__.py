"""What editors write of a poll, what citizens answer, what clerks read off paper."""
