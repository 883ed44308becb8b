"""What the migrations leave on a fresh site, and take back."""

from importlib import import_module

import pytest
from django.apps import apps
from wagtail.models import Locale, Page, Site

from home.content.home_page import HomePage
from tests.factories import home

pytestmark = pytest.mark.django_db

migration = import_module("home.migrations.0002_home_pages")


def test_a_fresh_site_has_a_home_page_in_each_language():
    english, spanish = home.home_page("en"), home.home_page("es")

    assert english.translation_key == spanish.translation_key
    assert Site.objects.get(is_default_site=True).root_page.specific == english
    assert not Page.objects.filter(title__startswith="Welcome to your new Wagtail").exists()


def test_the_migration_can_be_undone_and_done_again(client):
    home.home_page("en")
    home.home_page("es")

    migration.restore_welcome_page(apps, None)
    assert HomePage.objects.count() == 0
    assert Site.objects.get().root_page.title.startswith("Welcome")

    migration.build_home_pages(apps, None)
    Site.clear_site_root_paths_cache()
    assert HomePage.objects.count() == 2
    assert set(Locale.objects.values_list("language_code", flat=True)) >= {"en", "es"}
    assert Page.find_problems() == ([], [], [], [], [])
    assert client.get("/es/").status_code == 200


def test_a_tree_that_somebody_built_is_left_alone():
    page = home.standard_page()

    migration.restore_welcome_page(apps, None)
    migration.build_home_pages(apps, None)

    assert HomePage.objects.filter(depth=2).exists()
    assert type(page).objects.filter(pk=page.pk).exists()
