"""The pages on which the region's team runs the money of the shared service."""
