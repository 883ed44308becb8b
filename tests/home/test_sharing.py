"""Links by which a page is passed on."""

from urllib.parse import parse_qs, unquote, urlsplit

from home.engine.sharing import share_links

ADDRESS = "https://action.example/es/campañas/?a=1&b=2"


def test_every_network_gets_the_whole_address_even_with_its_own_parameters():
    for link in share_links(address=ADDRESS, text="Every voice & more"):
        if link.key == "email":
            assert ADDRESS in unquote(link.url)
        else:
            values = [value for values in parse_qs(urlsplit(link.url).query).values() for value in values]
            assert any(ADDRESS in value for value in values), link.key


def test_a_sentence_cannot_add_a_recipient_or_header_to_the_mail():
    links = share_links(address=ADDRESS, text="Hello&bcc=all@offices.example\r\nBcc: x@y.example")
    mail = next(link for link in links if link.key == "email")

    assert set(parse_qs(urlsplit(mail.url).query)) == {"subject", "body"}
    assert "\n" not in mail.url
    assert "\r" not in mail.url


def test_a_mail_has_a_subject_even_without_a_sentence():
    mail = next(link for link in share_links(address=ADDRESS, text="") if link.key == "email")

    assert parse_qs(urlsplit(mail.url).query)["subject"] == [ADDRESS]
