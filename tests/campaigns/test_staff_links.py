"""From one page of the staff to the next: who may use what is behind a link sees it, and nobody else."""

import pytest
from django.urls import reverse

from delivery.records.messages import OutboxMessage
from tests.campaigns.test_board import staff
from tests.factories.letters import CAMPAIGN, make_letter, make_official

pytestmark = pytest.mark.django_db


def test_the_boards_lead_to_the_pace_for_who_may_set_it() -> None:
    make_letter(state=OutboxMessage.State.QUEUED, message={"campaign_key": CAMPAIGN})
    pages = {
        "/admin/deliveries/": "/admin/pacing/",
        f"/admin/deliveries/campaigns/{CAMPAIGN}/": f"/admin/pacing/{CAMPAIGN}/",
    }
    setter = staff("setter", "view_outboxmessage", "change_pacingrule")
    watcher = staff("watcher", "view_outboxmessage")
    for board, pace in pages.items():
        assert f'href="{pace}"' in setter.get(board).content.decode()
        assert f'href="{pace}"' not in watcher.get(board).content.decode()


def test_an_official_s_page_leads_to_how_the_office_takes_letters() -> None:
    official = make_official()
    address = reverse("officials:inspect", args=[official.pk])
    link = "/admin/deliveries/offices/?key=official%3A" + official.source_id.replace("/", "%2F")
    keeper = staff("office_keeper", "view_official", "change_recipientrecord")
    assert link in keeper.get(address).content.decode()
    assert keeper.get(link).status_code == 200
    assert link not in staff("reader", "view_official").get(address).content.decode()
