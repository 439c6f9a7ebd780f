"""Drafts in backups: in, out, damaged, beside others, and back again."""
