"""Addresses of the legislators' pages that are no Wagtail pages; each answers as JSON too."""

from django.urls import path, register_converter

from legislators.views import directory, directory_json, finding


class StateConverter:
    """The code of a state, or `us`."""

    regex = "[a-z]{2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(StateConverter, "state")

app_name = "legislators"
urlpatterns = [
    path("legislators/find.json", finding.find_json, name="find_json"),
    path("officials/", directory.index, name="directory"),
    path("officials/<state:state>/", directory.jurisdiction, name="jurisdiction"),
    path("officials/<state:state>.json", directory_json.jurisdiction, name="jurisdiction_json"),
    path("officials/<state:state>/<slug:chamber>/", directory.chamber, name="chamber"),
    path("officials/<state:state>/<slug:chamber>.json", directory_json.chamber, name="chamber_json"),
    path("officials/people/<int:pk>-<slug:slug>/", directory.official, name="official"),
    path("officials/people/<int:pk>-<slug:slug>.json", directory_json.official, name="official_json"),
    path("officials/committees/<int:pk>-<slug:slug>/", directory.committee, name="committee"),
    path("officials/committees/<int:pk>-<slug:slug>.json", directory_json.committee, name="committee_json"),
]
