"""Backups that have been read back, and imports that say beforehand what they will do."""
