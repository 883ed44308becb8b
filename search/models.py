"""What Django and Wagtail find here."""
