"""The process that does what takes long with backups; `core.backup.elsewhere` starts it and listens."""
