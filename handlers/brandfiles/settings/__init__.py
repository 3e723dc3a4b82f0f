"""The parts of config.yaml, a file a part: shape, checks, and the value in `bot/brand`."""
