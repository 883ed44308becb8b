"""What Django and Wagtail find here: pages and records."""

from campaigns.records.submissions import Letter, Submission

__all__ = ["Letter", "Submission"]
