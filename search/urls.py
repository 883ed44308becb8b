"""Where the site search answers."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
