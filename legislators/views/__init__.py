"""The public pages of officials that are no Wagtail pages, and the same as JSON."""
