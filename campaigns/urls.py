"""Addresses that are not pages: receipts, and the question whether an office answered."""

from django.urls import path

from campaigns.views import frames, receipts

app_name = "campaigns"
urlpatterns = [
    path("embed/<uuid:key>/", frames.form, name="frame"),
    path("embed/<uuid:key>/receipt/<path:rest>", frames.receipt, name="frame_receipt"),
    path("receipt/<str:token>/", receipts.receipt, name="receipt"),
    path("receipt/<str:token>/done/<uuid:message_id>/", receipts.report_done, name="report_done"),
    path("replied/<str:token>/", receipts.did_they_reply, name="did_they_reply"),
    path("replied/<str:token>/<uuid:message_id>/", receipts.report_reply, name="report_reply"),
]
