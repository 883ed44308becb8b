"""The browser and the PostgreSQL of the test suite: found, started, or missing with a reason."""

import os
import subprocess
from pathlib import Path

import pytest

from tools import browser, postgres_server


@pytest.fixture
def empty_path(tmp_path, monkeypatch) -> dict[str, str]:
    monkeypatch.setenv("PATH", str(tmp_path))
    return {"PATH": str(tmp_path)}


def test_the_browser_that_is_named_is_taken_before_one_on_the_path(empty_path):
    assert browser.find({**empty_path, "CHROMIUM_PATH": "/browsers/chromium"}) == "/browsers/chromium"


def test_a_browser_on_the_path_is_found_under_each_of_its_names(empty_path, tmp_path):
    (tmp_path / "google-chrome").touch(mode=0o755)
    assert browser.find(empty_path) == str(tmp_path / "google-chrome")


def test_without_a_browser_and_without_a_way_to_install_one_the_reason_is_given(empty_path):
    with pytest.raises(browser.NoBrowser, match="no chromium on the PATH, and no apt-get"):
        browser.find_or_install(empty_path)


def test_only_root_is_asked_to_install_a_browser(empty_path, tmp_path, monkeypatch):
    (tmp_path / "apt-get").touch(mode=0o755)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(browser.NoBrowser, match="only root may install it"):
        browser.find_or_install(empty_path)


def test_an_installation_that_fails_gives_its_reason(empty_path, tmp_path, monkeypatch):
    (tmp_path / "apt-get").touch(mode=0o755)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    failed = subprocess.CompletedProcess([], 100, "", "E: no network\n")
    monkeypatch.setattr(subprocess, "run", lambda *args, **kwargs: failed)
    with pytest.raises(browser.NoBrowser, match="apt-get update failed: E: no network"):
        browser.find_or_install(empty_path)


def test_a_postgresql_that_is_named_is_taken_and_none_is_started():
    with postgres_server.running({"DATABASE_URL": "postgres://site@database/site"}) as server:
        assert server == postgres_server.PostgresServer("postgres://site@database/site", "the server in DATABASE_URL")


def test_a_named_database_of_another_kind_is_not_taken_for_postgresql(monkeypatch):
    monkeypatch.setattr(postgres_server, "_find_binaries", lambda folder: (folder, "none"))
    with (
        pytest.raises((postgres_server.NoPostgres, OSError)),
        postgres_server.running({"DATABASE_URL": "sqlite:///site.sqlite3"}),
    ):
        pass


def test_our_own_postgresql_answers_on_a_socket_and_leaves_nothing_behind():
    psycopg = pytest.importorskip("psycopg")
    try:
        with postgres_server.running({}) as server:
            folder = Path(server.url.partition("host=")[2])
            with psycopg.connect(server.url) as connection:
                assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    except postgres_server.NoPostgres as reason:
        pytest.skip(str(reason))
    assert not folder.exists()
