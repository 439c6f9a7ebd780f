"""The second place: a folder on another disk, or a store that speaks S3; what is put there is read back."""
