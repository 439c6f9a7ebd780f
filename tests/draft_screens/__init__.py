"""The drafts as they are seen and worked with."""
