"""Addresses of the legislators' pages that are no Wagtail pages."""

from django.urls import path

from legislators.views import directory

app_name = "legislators"
urlpatterns = [
    path("officials/people/<int:pk>-<slug:slug>/", directory.official, name="official"),
    path("officials/committees/<int:pk>-<slug:slug>/", directory.committee, name="committee"),
]
