"""What the region's team sees of every municipality, and what it may do without stepping in."""
