"""Addresses that stand in mail."""

from django.urls import path

from delivery import views

app_name = "delivery"
urlpatterns = [path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe")]
