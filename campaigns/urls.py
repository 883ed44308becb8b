"""Addresses that are not pages: receipts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
