"""Short messages: counted in parts, handed to a gateway over HTTP, to a second one if need be."""
