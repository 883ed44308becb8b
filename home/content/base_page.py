"""What every page of the site has in common."""

from wagtail.models import Page


class BasePage(Page):
    """Abstract: the parent of every page type."""

    class Meta:
        abstract = True
