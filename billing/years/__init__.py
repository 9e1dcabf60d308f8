"""What the shared service took in and spent in a year, told in the open."""
