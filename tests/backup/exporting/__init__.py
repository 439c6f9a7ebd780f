"""What goes into backups, and that all of it does."""
