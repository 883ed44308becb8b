"""Addresses that are not pages: receipts, and the question whether an office answered."""

from django.urls import path

from campaigns import views

app_name = "campaigns"
urlpatterns = [
    path("receipt/<str:token>/", views.receipt, name="receipt"),
    path("receipt/<str:token>/done/<uuid:message_id>/", views.report_done, name="report_done"),
    path("replied/<str:token>/", views.did_they_reply, name="did_they_reply"),
    path("replied/<str:token>/<uuid:message_id>/", views.report_reply, name="report_reply"),
]
