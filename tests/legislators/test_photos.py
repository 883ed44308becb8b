"""Photos of officials: copied once, cleaned, and never fetched from inside the network."""

import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from legislators.adapters import public_hosts
from legislators.adapters.photo_files import PhotoError, WebPhotos
from legislators.models import DataLoad, Official
from legislators.services import photos
from tests.factories import legislators as make
from tests.factories.pictures import picture


class _Host(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        answer = self.server.pages.get(self.path)
        if callable(answer):
            answer(self)
            return
        status, content, headers = answer or (404, b"gone", {})
        self.send_response(status)
        for name, value in ({"Content-Length": len(content)} | headers).items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        pass


@pytest.fixture
def host():
    """A web server of the test's own: `pages` says what lies where, `asked` what was asked for."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Host)
    server.pages, server.asked = {}, []
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(5)


def is_the_test(address):
    return address == ip_address("127.0.0.1")


def web(**options):
    return WebPhotos(**({"is_allowed": is_the_test, "timeout_seconds": 2.0} | options))


@pytest.fixture
def copy():
    def run(**options):
        return photos.copy(**({"fetcher": web(), "sleep": lambda _seconds: None} | options))

    return run


@pytest.fixture
def sitting(db, host):
    host.pages["/one.jpg"] = (200, picture(), {})
    return make.member(make.division(), "Bronwyn Lindqvist", photo_source_url=f"{host.url}/one.jpg")


# --- Whom it asks -----------------------------------------------------------------------------------


_INSIDE = """
    127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255
    ::1 fe80::1 fc00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1::1
    64:ff9b:1::7f00:1 ::127.0.0.1 ::ffff:0:127.0.0.1 fec0::1
"""


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        *((one, False) for one in _INSIDE.split()),
    ],
)
def test_only_public_addresses_are_asked(address, expected):
    assert public_hosts.is_public(ip_address(address)) is expected


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
def test_this_machine_is_not_asked(host, name):
    with pytest.raises(PhotoError, match="no public address"):
        WebPhotos().fetch(f"http://{name}:{host.server_port}/one.jpg")
    assert host.asked == []


@pytest.fixture
def names(monkeypatch):
    """What the name server says: addresses by name."""
    known = {}
    real = public_hosts.socket.getaddrinfo

    def look_up(host, port, *args, **kwargs):
        if host in known:
            return [(2, 1, 6, "", (address, port)) for address in known[host]]
        return real(host, port, *args, **kwargs)

    monkeypatch.setattr(public_hosts.socket, "getaddrinfo", look_up)
    return known


@pytest.mark.parametrize("addresses", [["10.0.0.7"], ["93.184.215.14", "169.254.169.254"]])
def test_a_public_name_for_an_inner_address_is_seen_through(names, addresses):
    names["photos.example"] = addresses
    with pytest.raises(PhotoError, match="no public address"):
        WebPhotos().fetch("https://photos.example/one.jpg")


def test_a_host_cannot_lead_inside(host, names):
    names["inside.example"] = ["10.0.0.7"]
    host.pages["/one.jpg"] = (302, b"", {"Location": "http://inside.example/admin"})
    with pytest.raises(PhotoError, match="no public address"):
        web().fetch(f"{host.url}/one.jpg")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://files.example/one.jpg", "gopher://x/"])
def test_a_host_cannot_lead_to_something_else_than_the_web(host, target):
    host.pages["/one.jpg"] = (302, b"", {"Location": target})
    with pytest.raises(PhotoError, match="not one of the web"):
        web().fetch(f"{host.url}/one.jpg")
    with pytest.raises(PhotoError, match="not one of the web"):
        web().fetch(target)


def test_a_redirect_on_the_same_footing_is_followed(host):
    host.pages |= {"/old.jpg": (301, b"", {"Location": "/one.jpg"}), "/one.jpg": (200, b"content", {})}
    assert web().fetch(f"{host.url}/old.jpg") == b"content"


def test_a_host_that_leads_in_circles_is_left(host):
    host.pages["/one.jpg"] = (302, b"", {"Location": "/one.jpg"})
    with pytest.raises(PhotoError, match="in circles"):
        web().fetch(f"{host.url}/one.jpg")


def test_the_name_is_looked_up_once_so_a_second_answer_changes_nothing(host, monkeypatch):
    real, asked = public_hosts.socket.getaddrinfo, []

    def look_up(name, port, *args, **kwargs):
        if name == "turncoat.example":
            asked.append(name)
            # First the address that is allowed, from then on another one.
            name = "127.0.0.1" if len(asked) == 1 else "127.0.0.2"
        return real(name, port, *args, **kwargs)

    monkeypatch.setattr(public_hosts.socket, "getaddrinfo", look_up)
    host.pages["/one.jpg"] = (200, b"content", {})
    assert web().fetch(f"http://turncoat.example:{host.server_port}/one.jpg") == b"content"
    assert asked == ["turncoat.example"]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((404, b"", {}), "answered 404"),
        ((500, b"", {}), "answered 500"),
        ((200, b"x" * 2000, {}), "too large"),
        ((200, b"x" * 2000, {"Content-Length": ""}), "too large"),
        ((200, b"x", {"Content-Length": 900}), "does not answer"),
    ],
)
def test_a_host_that_misbehaves_is_told_by_name(host, answer, why):
    host.pages["/one.jpg"] = answer
    with pytest.raises(PhotoError, match=why):
        web(largest_bytes=1000).fetch(f"{host.url}/one.jpg")


def test_a_host_that_drips_is_left(host):
    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x" * 70_000)
            handler.wfile.flush()
            time.sleep(0.05)

    host.pages["/one.jpg"] = drip
    began = time.monotonic()
    with pytest.raises(PhotoError, match="too slow"):
        web(deadline_seconds=0.3).fetch(f"{host.url}/one.jpg")
    assert time.monotonic() - began < 3


def test_a_host_that_is_away_is_told_from_a_photo_that_is(host):
    host.server_close()
    with pytest.raises(PhotoError) as caught:
        web().fetch(f"{host.url}/one.jpg")
    assert caught.value.is_host_away


# --- What is kept -----------------------------------------------------------------------------------


def test_a_photo_is_copied_with_its_source(copy, host, sitting):
    copied = copy()
    sitting.refresh_from_db()
    assert (copied.report.added, copied.has_more) == (1, False)
    assert sitting.photo.name.startswith(f"officials/{sitting.pk}-")
    assert sitting.photo_copied_from == f"{host.url}/one.jpg"
    with Image.open(sitting.photo) as made:
        assert max(made.size) == 400
    assert DataLoad.objects.get(kind="photos").added == 1


def test_a_photo_that_is_there_is_not_asked_for_again(copy, host, sitting):
    copy()
    assert copy().report.added == 0
    assert host.asked == ["/one.jpg"]
    assert DataLoad.objects.filter(kind="photos").count() == 1


def test_only_people_in_office_are_photographed(copy, host, db):
    make.official("Thaddeus Marsh", photo_source_url=f"{host.url}/old.jpg")
    make.member(make.division(), "Ada Reeve", photo_source_url=f"{host.url}/gone.jpg", retired_at=timezone.now())
    make.member(make.division(), "Ida Reeve")
    copy()
    assert host.asked == []


def test_a_photo_that_moved_takes_the_place_of_the_old_one(copy, host, sitting, django_capture_on_commit_callbacks):
    copy()
    sitting.refresh_from_db()
    old = sitting.photo.name
    host.pages["/two.jpg"] = (200, picture((500, 500)), {})
    Official.objects.update(photo_source_url=f"{host.url}/two.jpg")
    with django_capture_on_commit_callbacks(execute=True):
        assert copy().report.changed == 1
    sitting.refresh_from_db()
    assert sitting.photo.name != old
    assert default_storage.exists(sitting.photo.name)
    assert not default_storage.exists(old)


def test_the_old_photo_stays_while_the_new_one_cannot_be_had(copy, host, sitting):
    copy()
    Official.objects.update(photo_source_url=f"{host.url}/nowhere.jpg")
    assert copy().report.refused
    sitting.refresh_from_db()
    assert sitting.photo_copied_from == f"{host.url}/one.jpg"
    assert default_storage.exists(sitting.photo.name)


def test_a_photo_that_the_source_took_back_goes(copy, sitting, django_capture_on_commit_callbacks):
    copy()
    sitting.refresh_from_db()
    old = sitting.photo.name
    Official.objects.update(photo_source_url="")
    with django_capture_on_commit_callbacks(execute=True):
        assert copy().report.retired == 1
    sitting.refresh_from_db()
    assert (sitting.photo.name, sitting.photo_copied_from) == ("", "")
    assert not default_storage.exists(old)


def test_a_photo_that_somebody_put_there_by_hand_stays(copy, sitting):
    sitting.photo.save("by-hand.jpg", ContentFile(picture()), save=False)
    sitting.photo_source_url = ""
    sitting.save()
    copy()
    sitting.refresh_from_db()
    assert sitting.photo


def test_what_could_not_be_had_is_noted_and_tried_again_after_a_week(copy, host, sitting):
    host.pages["/one.jpg"] = (200, b"<html>please log in</html>", {})
    assert "web page" in copy().report.refused[0].why
    assert DataLoad.objects.get(kind="photos").refused[0]["where"].startswith("Bronwyn Lindqvist")
    copy()
    assert host.asked == ["/one.jpg"]
    host.pages["/one.jpg"] = (200, picture(), {})
    Official.objects.update(photo_tried_at=timezone.now() - timedelta(days=8))
    assert copy().report.added == 1


def test_a_run_that_has_no_more_time_says_that_there_is_more(copy, host, sitting):
    assert copy(seconds=0).has_more
    assert host.asked == []
    assert not copy(seconds=60).has_more


def test_a_host_is_asked_once_a_second_and_not_at_all_when_it_is_away(host, sitting):
    for number in range(6):
        make.member(make.division(), f"Member {number}", photo_source_url=f"{host.url}/{number}.jpg")
    host.server_close()
    pauses = []
    report = photos.copy(fetcher=web(), sleep=pauses.append).report
    assert len(report.refused) == 3
    assert len(pauses) == 2
    assert all(0 < pause <= 1 for pause in pauses)
    assert Official.objects.filter(photo_tried_at=None).count() == 4


def test_hosts_take_turns(host, db):
    asked = []

    class Recorder:
        def fetch(self, url):
            asked.append(url.split("/")[2])
            return picture((100, 100))

    for number, name in enumerate(["a.example", "a.example", "b.example", "b.example", "c.example"]):
        make.member(make.division(), f"Member {number}", photo_source_url=f"https://{name}/{number}.jpg")
    photos.copy(fetcher=Recorder(), sleep=lambda _seconds: None)
    assert asked == ["a.example", "b.example", "c.example", "a.example", "b.example"]


def test_the_command_says_what_came_of_it(sitting, capsys):
    # Of the web as it is: the photo lies on this very machine, so it is refused.
    call_command("load_photos")
    shown = capsys.readouterr().out
    assert "no public address" in shown
    assert "1 refused" in shown
