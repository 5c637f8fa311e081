"""What a check of rules came to, in words."""
