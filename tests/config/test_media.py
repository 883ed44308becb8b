"""Uploaded files are served as files, never as pages of ours."""

import pytest

pytestmark = pytest.mark.django_db  # a page that is not found is drawn with the site's own header


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    (tmp_path / "site.sqlite3").write_text("the database")
    return settings.MEDIA_ROOT


def test_an_uploaded_picture_is_served_and_may_be_kept(client, media):
    (media / "seal.png").write_bytes(b"\x89PNG")
    answer = client.get("/media/seal.png")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert b"".join(answer.streaming_content) == b"\x89PNG"


@pytest.mark.parametrize("name", ["drawing.svg", "page.html"])
def test_an_uploaded_file_with_script_in_it_runs_nothing(client, media, name):
    (media / name).write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    answer = client.get(f"/media/{name}")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    answer.close()


@pytest.mark.parametrize("path", ["/media/../site.sqlite3", "/media/%2e%2e/site.sqlite3", "/media//etc/passwd"])
def test_nothing_outside_the_folder_is_served(client, path):
    answer = client.get(path)
    assert answer.status_code in (301, 400, 404)
    assert b"the database" not in b"".join(answer)


def test_a_folder_is_not_listed(client, media):
    (media / "images").mkdir()
    assert client.get("/media/images/").status_code == 404


@pytest.mark.parametrize(
    "path", ["documents/members.pdf", "./documents/members.pdf", "images/../documents/members.pdf"]
)
def test_a_document_leaves_only_through_the_view_that_asks_who_may_read_it(client, media, path):
    (media / "documents").mkdir()
    (media / "documents" / "members.pdf").write_bytes(b"for members")
    assert client.get(f"/media/{path}").status_code == 404
