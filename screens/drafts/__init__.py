"""The drafts: their list, one that is open, and what is being made for them."""
