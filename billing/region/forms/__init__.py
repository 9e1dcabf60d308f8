"""What the region's team fills in about the money of the shared service."""
