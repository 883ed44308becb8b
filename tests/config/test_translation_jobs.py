"""Sending pages to translation: what the queue is told, and what happens when it is away."""

import uuid

import django_rq
import pytest
import redis
from django.contrib.auth.models import User
from django.urls import reverse
from rq import Queue, SimpleWorker

from campaigns.services import staff
from config import translation_jobs
from home.models import StandardPage
from tests.factories import home

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tree():
    home.fresh_site()
    parent = home.section_page(title="Patients")
    home.standard_page(parent, title="Your rights")
    return parent


@pytest.fixture
def editor(client, tree):
    group, _given = staff.set_up_group()
    user = User.objects.create_user("erin", "erin@alder-medical.example", "a-secret-of-hers")
    user.groups.add(group)
    client.force_login(user)
    return client


def _submit(editor, page):
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    response = editor.post(url, {"locales": [home.locale("es").pk], "include_subtree": "on"})
    assert response.status_code == 302


def _spanish(title):
    return StandardPage.objects.filter(title=title, locale__language_code="es")


def test_with_the_queue_away_the_pages_below_are_translated_at_once(editor, tree, monkeypatch):
    gone = Queue("default", connection=redis.Redis.from_url("redis://127.0.0.1:1/0"))
    monkeypatch.setattr(django_rq, "get_queue", lambda _name: gone)
    _submit(editor, tree)
    assert _spanish("Your rights").exists()


def test_a_page_that_was_sent_to_translation_waits_as_a_draft(editor, tree, monkeypatch):
    gone = Queue("default", connection=redis.Redis.from_url("redis://127.0.0.1:1/0"))
    monkeypatch.setattr(django_rq, "get_queue", lambda _name: gone)
    _submit(editor, tree)
    assert [page.live for page in tree.get_translations()] == [False]
    assert _spanish("Your rights").get().live is False


@pytest.mark.redis
def test_a_worker_translates_and_the_queue_is_told_only_ids(editor, tree, redis_url, monkeypatch):
    jobs = Queue(uuid.uuid4().hex, connection=redis.Redis.from_url(redis_url))
    monkeypatch.setattr(django_rq, "get_queue", lambda _name: jobs)
    _submit(editor, tree)
    assert not _spanish("Your rights").exists()
    [job] = jobs.jobs
    erin, spanish = User.objects.get().pk, home.locale("es").pk
    function = "wagtail_localize.operations.translate_page_subtree"
    name, (root, locales, components, user), keywords = job.args
    assert (job.func_name, name, root, keywords) == (translation_jobs.JOB, function, tree.pk, {})
    assert (locales, user) == ([("row", "wagtailcore.locale", spanish)], ("row", "auth.user", erin))
    assert list(components) == []
    assert job.description == function
    SimpleWorker([jobs], connection=jobs.connection).work(burst=True)
    assert _spanish("Your rights").exists()
    jobs.delete(delete_jobs=True)


def test_what_is_packed_comes_back_as_it_was(tree):
    value = {"pages": [tree.page_ptr, {"one": tree.locale}], "number": 3, "nothing": None}
    assert translation_jobs.unpack(translation_jobs.pack(value)) == value
