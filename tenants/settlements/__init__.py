"""Settlement profiles: what a municipality says of its towns and villages, beside the register."""
