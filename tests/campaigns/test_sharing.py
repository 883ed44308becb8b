"""A form on paper, on other sites and at stands, as its editor sets it up."""

import html
import io
import re
from datetime import timedelta

import pytest
import segno
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st
from PIL import Image
from wagtail.models import GroupPagePermission, PageLogEntry

from campaigns.engine import qr_codes, stand_links
from campaigns.forms.sharing_forms import StandForm
from campaigns.records.submissions import Submission
from tests.factories import campaigns as make
from tests.factories import home

ADDRESS = "https://act.society.example/campaigns/telehealth/write/?source=lobby-day"


def modules_of(png: bytes, count: int) -> list[list[bool]]:
    """Dark or not, as a reader sees the middle of each module, the quiet zone left out."""
    image = Image.open(io.BytesIO(png)).convert("L")
    side = image.width // (count + 2 * qr_codes.QUIET_ZONE)
    start = qr_codes.QUIET_ZONE * side + side // 2
    return [[image.getpixel((start + x * side, start + y * side)) < 128 for x in range(count)] for y in range(count)]


@given_settings(max_examples=12, deadline=None)
@given(st.sampled_from(qr_codes.SIZES), st.from_regex(r"https://[a-z]{3,20}\.example/[a-z/-]{0,120}", fullmatch=True))
def test_a_printed_code_holds_the_address_in_whole_dots_with_its_quiet_zone(size, address):
    matrix = segno.make_qr(address, error="m").matrix
    printed = qr_codes.png(address, size_cm=size)
    image = Image.open(io.BytesIO(printed)).convert("L")
    module = image.width // (len(matrix) + 8)

    assert modules_of(printed, len(matrix)) == [[bool(dark) for dark in row] for row in matrix]
    assert image.width % (len(matrix) + 8) == 0
    assert image.width <= size / 2.54 * 300
    assert min(image.crop((0, 0, image.width, 4 * module)).getdata()) == 255
    assert min(image.crop((0, 0, 4 * module, image.width)).getdata()) == 255
    assert Image.open(io.BytesIO(printed)).info["dpi"][0] == pytest.approx(300, abs=1)


def test_the_correction_is_m_at_least():
    assert qr_codes.code(ADDRESS).error in {"M", "Q", "H"}


def test_the_drawing_is_as_wide_as_asked_and_says_its_address_below():
    drawn = qr_codes.svg(ADDRESS, size_cm=15).decode()
    assert 'width="15cm"' in drawn
    below = "".join(html.unescape(line) for line in re.findall(r"<text[^>]*>([^<]*)</text>", drawn))
    assert below == ADDRESS.removeprefix("https://")


def test_an_address_puts_no_markup_into_a_drawing():
    drawn = qr_codes.svg('https://x.example/?a=<b>&c="d"', size_cm=4).decode()
    assert "<b>" not in drawn


@pytest.fixture
def page(alder):
    return make.action_page(has_kiosk_mode=True, allowed_origins="https://partner.example")


@pytest.fixture
def boss(client) -> Client:
    client.force_login(User.objects.create_superuser("boss", email="boss@society.example", password="x"))
    return client


@pytest.fixture
def editor(page) -> Client:
    """May edit, but not publish."""
    group = Group.objects.create(name="Drafters")
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=page.get_root(), permission=change)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = User.objects.create_user("drafter", password="x")
    user.groups.add(group)
    found = Client()
    found.force_login(user)
    return found


def shown(client, page, **query):
    return html.unescape(client.get(reverse("sharing:share", args=[page.pk]), query).content.decode())


@pytest.mark.django_db
def test_the_printed_address_is_the_public_one_whatever_the_editors_browser_calls(boss, page, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://act.society.example/"
    text = shown(boss, page, source="lobby-day", size=8)
    assert f"https://act.society.example{page.url}?source=lobby-day" in text
    assert "testserver" not in text
    assert "Do not print this" not in text


@pytest.mark.django_db
def test_an_address_of_this_machine_is_not_to_be_printed(boss, page, settings):
    settings.WAGTAILADMIN_BASE_URL = "http://localhost:8000"
    assert "Do not print this" in shown(boss, page)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["svg", "png"])
def test_the_file_has_a_name_that_says_what_it_is(boss, page, kind):
    answer = boss.get(reverse("sharing:qr", args=[page.pk, kind]), {"source": "lobby-day", "size": 15})
    assert answer.status_code == 200
    assert f'filename="qr-{page.slug}-lobby-day-15cm.{kind}"' in answer["Content-Disposition"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "query"),
    [("svg", {"size": 99}), ("png", {"size": "x"}), ("pdf", {"size": 8}), ("svg", {"source": "617 555 0100"})],
)
def test_no_other_file_is_drawn(boss, page, kind, query):
    assert boss.get(reverse("sharing:qr", args=[page.pk, kind]), query).status_code == 404


@pytest.mark.django_db
def test_a_name_that_nothing_would_count_is_said_to_be_so(boss, page):
    assert "is not counted" in shown(boss, page, source="lobby-day", size=8)
    fields = [*make.FIELDS, ("source", {"label": "Source", "key": "source", "parameter": "from"})]
    other = make.action_page(parent=page.get_parent(), slug="other", form_fields=fields)
    text = shown(boss, other, source="lobby-day", size=8)
    assert "is not counted" not in text
    assert f"{other.url}?from=lobby-day" in text


@pytest.mark.django_db
def test_a_campaign_has_a_code_and_neither_frames_nor_stands(boss, page):
    text = shown(boss, page.get_parent())
    assert "Download as SVG" in text
    assert "On other sites" not in text
    assert boss.get(reverse("sharing:share", args=[page.get_root().pk])).status_code == 404


@pytest.mark.django_db
def test_a_partners_line_lasts_and_is_shown_only_where_a_site_may_use_it(boss, page, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://act.society.example"
    text = shown(boss, page)
    assert (
        '<script src="https://act.society.example/static/js/embed.js" '
        f'data-action="https://act.society.example/embed/{page.translation_key}/"'
    ) in text
    page.allowed_origins = ""
    page.save()
    assert "embed.js" not in shown(boss, page)


@pytest.mark.django_db
def test_a_translation_says_where_other_sites_are_allowed(boss, page):
    spanish = home.translation(page, title="Escriba a sus legisladores")
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in shown(boss, spanish)
    assert "for all languages at once" not in shown(boss, page)


@pytest.mark.django_db
def test_a_link_for_a_stand_works_and_who_made_it_is_logged(boss, page):
    until = timezone.localdate() + timedelta(days=3)
    answer = boss.post(reverse("sharing:share", args=[page.pk]), {"name": "annual-meeting", "until": until})
    [token] = re.findall(r"/kiosk/([^/]+)/", answer.content.decode())

    assert stand_links.read(html.unescape(token), today=until).name == "annual-meeting"
    entry = PageLogEntry.objects.get(action="campaigns.open_stand")
    assert entry.data["name"] == "annual-meeting"
    assert token not in str(entry.data)


@pytest.mark.django_db
@pytest.mark.parametrize("days", [-1, 61])
def test_a_stand_is_open_for_two_months_at_most(boss, page, days):
    until = timezone.localdate() + timedelta(days=days)
    answer = boss.post(reverse("sharing:share", args=[page.pk]), {"name": "annual-meeting", "until": until})
    assert "/kiosk/" not in answer.content.decode()


@pytest.mark.django_db
def test_who_may_not_publish_makes_no_link_and_who_may_not_edit_sees_nothing(editor, page):
    assert "Download as SVG" in shown(editor, page)
    data = {"name": "annual-meeting", "until": timezone.localdate()}
    answer = editor.post(reverse("sharing:share", args=[page.pk]), data)
    assert "/kiosk/" not in answer.content.decode()
    stranger = Client()
    assert stranger.get(reverse("sharing:share", args=[page.pk])).status_code == 302


@pytest.mark.django_db
def test_the_editor_of_a_page_leads_there(boss, page):
    edit = boss.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert reverse("sharing:share", args=[page.pk]) in edit


@pytest.mark.django_db
def test_the_list_of_what_came_in_says_where_it_was_made_once_any_was_made_elsewhere(boss, page):
    make.send(page, Client())
    list_url = reverse("wagtailforms:list_submissions", args=[page.pk])
    assert "Made on" not in boss.get(list_url).content.decode()
    make.send(page, Client(), email="other@clinic.example", name__family="Other")
    latest = Submission.objects.latest("pk")
    Submission.objects.filter(pk=latest.pk).update(via="stand:annual-meeting")

    assert "Stand: annual-meeting" in boss.get(list_url).content.decode()
    exported = b"".join(boss.get(list_url, {"export": "csv"}).streaming_content).decode()
    assert exported.splitlines()[0].endswith("Made on")
    assert "Stand: annual-meeting" in exported


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Annual Meeting 2027", "annual-meeting-2027"),
        ("Feria de Niñez y Salud", "feria-de-ninez-y-salud"),
        ("lobby_day", "lobby_day"),
        ("(202) 555-0123", ""),
        ("学会", ""),
        ("x" * 41, ""),
    ],
)
def test_an_event_is_named_as_people_write_it(typed, name):
    form = StandForm({"name": typed, "until": timezone.localdate()})
    assert form.is_valid() is bool(name)
    assert form.cleaned_data.get("name", "") == name
