"""Publishing: one piece or nothing, whoever is in the way."""
