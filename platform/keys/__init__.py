"""Personal fields lie encrypted, under one data key per municipality."""
