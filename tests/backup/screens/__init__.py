"""What the screens of backups and imports promise."""
