"""Design of a municipality's own services: made, checked, published, compared."""
