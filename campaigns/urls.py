"""Addresses that are not pages: receipts, and the question whether an office answered."""

from django.urls import path

from campaigns.views import checking, confirming, frames, memory, outreach, participation, receipts, stands, stories

app_name = "campaigns"
urlpatterns = [
    path("petition/<uuid:page_key>/<str:block_id>/", participation.names, name="signatures"),
    path("stories/", stories.all_stories, name="stories"),
    path("stories/photo/<uuid:key>/", stories.photo, name="story_photo"),
    path("stories/<uuid:page_key>/", stories.all_stories, name="stories_of"),
    path("receipt/<str:token>/story/<int:taken_id>/name/", participation.forbid_name, name="forbid_name"),
    path("receipt/<str:token>/event/<int:taken_id>.ics", participation.calendar, name="calendar"),
    path(
        "receipt/<str:token>/event/<int:taken_id>/cancel/",
        participation.cancel_registration,
        name="cancel_registration",
    ),
    path("receipt/<str:token>/petition/<int:taken_id>/name/", participation.take_name_back, name="take_name_back"),
    path("receipt/<str:token>/network/<int:taken_id>/leave/", participation.leave_network, name="leave_network"),
    path("receipt/<str:token>/story/<int:taken_id>/withdraw/", participation.withdraw_story, name="withdraw_story"),
    path("receipt/<str:token>/story/<int:taken_id>/forbid/", participation.forbid_use, name="forbid_use"),
    path("receipt/<str:token>/testimony/<int:taken_id>/", participation.testimony, name="testimony"),
    path("receipt/<str:token>/testimony/<int:taken_id>/done/", participation.handed_in, name="handed_in"),
    path("embed/<uuid:key>/", frames.form, name="frame"),
    path("embed/<uuid:key>/receipt/<path:rest>", frames.receipt, name="frame_receipt"),
    path("kiosk/<str:token>/", stands.form, name="stand"),
    path("kiosk/<str:token>/done/<str:done>/", stands.thanks, name="stand_thanks"),
    path("forget-details/", memory.forget, name="forget"),
    path("receipt/<str:token>/remember/", memory.remember, name="remember"),
    path("receipt/<str:token>/next/", memory.go_on, name="next_step"),
    path("receipt/<str:token>/", receipts.receipt, name="receipt"),
    path("receipt/<str:token>/done/<uuid:message_id>/", receipts.report_done, name="report_done"),
    path("receipt/<str:token>/again/", confirming.send_again, name="confirm_again"),
    path("confirm/<str:token>/", confirming.confirm, name="confirm"),
    path("check/", checking.check, name="check"),
    path("receipt/<str:token>/outreach/<int:outreach_id>/", outreach.report_outreach, name="report_outreach"),
    path("receipt/<str:token>/outreach/<int:outreach_id>/mastodon/", outreach.mastodon, name="post_on_mastodon"),
    path("replied/<str:token>/", receipts.did_they_reply, name="did_they_reply"),
    path("replied/<str:token>/<uuid:message_id>/", receipts.report_reply, name="report_reply"),
]
