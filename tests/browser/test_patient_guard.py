"""What may identify a patient, told in a real browser while somebody types, and how far it agrees with the server."""

from playwright.sync_api import expect

from benchmarks import patient_guard as bench
from campaigns.engine.patient_guard import findings
from tests.browser.conftest import RunningSite, Visit
from tests.browser.forms import TELEHEALTH, fill_details

STORY = "My patient Maria Lopez was admitted on March 14, 2024."


def test_notes_appear_while_somebody_types_and_go_with_the_words(visit: Visit) -> None:
    page = visit.page
    page.goto(TELEHEALTH)
    fill_details(page, email="noor@castellane.example")
    story = page.get_by_label("What have you seen?")
    note = page.locator("patient-note [aria-live=polite]")
    expect(note).to_be_empty()
    story.press_sequentially(STORY)
    expect(note.locator("li")).to_have_count(2)
    expect(note).to_contain_text("Maria Lopez")
    expect(story).to_be_focused()
    assert note.get_attribute("id") in (story.get_attribute("aria-describedby") or "").split()
    story.fill("A patient of mine was admitted in spring.")
    expect(note).to_be_empty()
    # What was read while typing is not put before the person once more.
    story.fill(STORY)
    expect(note.locator("li")).to_have_count(2)
    page.get_by_role("button", name="Continue to your letters").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Read your letters")
    assert visit.foreign_requests == []
    assert visit.console_errors == []


def test_the_browser_s_smaller_guard_agrees_with_the_server_s_in_four_of_five_sentences(
    visit: Visit, site: RunningSite
) -> None:
    visit.page.goto(TELEHEALTH)
    sentences = [one for one in bench.labelled() if one.part == bench.HELD_OUT]
    found = visit.page.evaluate(
        """async (texts) => {
            const { findings } = await import(document.querySelector("script[src*=patient-guard]").src);
            return texts.map((text) => findings(text).map((one) => one.kind));
        }""",
        [one.text for one in sentences],
    )
    told = [{*kinds} for kinds in found]
    same = [kinds == {one.kind.value for one in findings(s.text)} for s, kinds in zip(sentences, told, strict=True)]
    right = sum(len(kinds & one.kinds) for one, kinds in zip(sentences, told, strict=True))
    wrong = sum(len(kinds - one.kinds) for one, kinds in zip(sentences, told, strict=True))
    missed = sum(len(one.kinds - kinds) for one, kinds in zip(sentences, told, strict=True))
    assert sum(same) / len(same) >= 0.80
    assert right / (right + wrong) >= 0.90
    assert right / (right + missed) >= 0.60
    assert {kind for kinds in told for kind in kinds} == {kind for one in sentences for kind in one.kinds}
