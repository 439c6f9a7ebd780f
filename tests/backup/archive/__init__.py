"""The file of a backup: written whole or not at all, and read without trusting it."""
