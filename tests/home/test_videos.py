"""Recognising videos by their address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.engine.videos import NotAVideoAddress, recognise


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/watch?v=aB3_-567890&t=12s",
        "https://youtu.be/aB3_-567890?si=x",
        "https://m.youtube.com/watch?v=aB3_-567890",
        "https://www.youtube.com/embed/aB3_-567890",
        "https://www.youtube-nocookie.com/embed/aB3_-567890",
        "https://www.youtube.com/shorts/aB3_-567890",
        "  https://www.youtube.com/live/aB3_-567890  ",
    ],
)
def test_every_usual_youtube_address_leads_to_the_same_video(address):
    video = recognise(address)

    assert (video.provider, video.video_id) == ("youtube", "aB3_-567890")
    assert video.page_url == "https://www.youtube.com/watch?v=aB3_-567890"


@pytest.mark.parametrize("address", ["https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871"])
def test_a_vimeo_address_is_recognised(address):
    assert recognise(address).page_url == "https://vimeo.com/76979871"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "not an address",
        "https://youtube.com.evil.example/watch?v=aB3_-567890",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com/watch?v=aB3_-567890%22onload",
        "https://youtu.be/",
        "https://vimeo.com/about",
        "javascript://www.youtube.com/watch?v=aB3_-567890",
        "https://[broken/watch?v=aB3_-567890",
    ],
)
def test_anything_else_is_refused(address):
    with pytest.raises(NotAVideoAddress):
        recognise(address)


@given(st.text(max_size=200))
def test_no_text_makes_it_fail_otherwise_or_lets_markup_through(text):
    try:
        video = recognise("https://youtu.be/" + text)
    except NotAVideoAddress:
        return
    assert not set(video.video_id) & set("\"'<>&? /")
