"""Addresses that are not pages: receipts."""

from django.urls import path

from campaigns import views

app_name = "campaigns"
urlpatterns = [
    path("receipt/<str:token>/", views.receipt, name="receipt"),
    path("receipt/<str:token>/done/<uuid:message_id>/", views.report_done, name="report_done"),
]
