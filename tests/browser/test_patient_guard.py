"""What may identify a patient, told in a real browser while somebody types, and that it says what the server says."""

from collections import Counter

from playwright.sync_api import Page, expect

from benchmarks import patient_guard as bench
from campaigns.engine.patient_guard import Kind, findings
from tests.browser.conftest import Visit
from tests.browser.forms import TELEHEALTH, fill_details
from tests.campaigns.test_patient_guard import CLEAN, FOUND

STORY = "My patient Maria Lopez was admitted on March 14, 2024."
#: Of what the server finds in the labelled sentences, and of what the browser says: so much is the same, kind by kind.
LEAST = 0.99


def test_notes_appear_while_somebody_types_and_go_with_the_words(visit: Visit) -> None:
    page = visit.page
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(TELEHEALTH)
    assert not [url for url in loaded if "patient-guard-r" in url]
    fill_details(page, email="noor@castellane.example")
    story = page.get_by_label("What have you seen?")
    note = page.locator("patient-note [aria-live=polite]")
    expect(note).to_be_empty()
    story.fill("")
    story.press_sequentially(STORY)
    expect(note.locator("li")).to_have_count(2)
    # What it looks for came when somebody began to write, once; what they wrote went nowhere.
    assert len([url for url in loaded if "patient-guard-r" in url]) == 2
    assert not [url for url in loaded if "Lopez" in url]
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
    # The person's own name and address are no news in their letter, and the society's words are none.
    body = page.get_by_label("Your letter to").first
    body.fill(f"{body.input_value()}\n\nNoor Castellane lives at 21 Main Street. Her chart no. 55201 says so.")
    beside = page.locator("patient-note", has=page.locator(f"#{body.get_attribute('id')}_note")).locator("li")
    expect(beside).to_have_count(1)
    expect(beside).to_contain_text("chart no. 55201")
    assert visit.foreign_requests == []
    assert visit.console_errors == []


def test_the_browser_says_of_every_labelled_sentence_what_the_server_says(visit: Visit) -> None:
    visit.page.goto(TELEHEALTH)
    texts = [one.text for one in bench.labelled()]
    in_browser, on_server, both = Counter[str](), Counter[str](), Counter[str]()
    same = 0
    for text, found in zip(texts, _found(visit.page, texts), strict=True):
        ours, told = _told(text), Counter((kind, quoted) for kind, quoted in found)
        same += ours == told
        on_server.update(kind for kind, _ in ours.elements())
        in_browser.update(kind for kind, _ in told.elements())
        both.update(kind for kind, _ in (ours & told).elements())
    assert set(on_server) == {kind.value for kind in Kind}
    for kind in Kind:
        assert both[kind.value] >= LEAST * on_server[kind.value], f"The browser misses: {kind}"
        assert both[kind.value] >= LEAST * in_browser[kind.value], f"The browser finds more: {kind}"
    assert same >= LEAST * len(texts)


def test_the_browser_and_the_server_read_odd_texts_alike(visit: Visit) -> None:
    visit.page.goto(TELEHEALTH)
    letters = "\n\n".join(one.text for one in bench.labelled())
    texts = [
        *(text for examples in FOUND.values() for text, _marked in examples),
        *CLEAN,
        *((piece * 300)[:900] for piece in bench.HOSTILE),
        f"👩🏽‍⚕️ “Sí”\u00a0— {STORY}",
        "Мария Лопес was admitted on March ١٤, 2024; call +34\u202f912\u202f345\u202f678.",
        STORY.upper(),
        STORY.lower(),
        letters[:10_000],
    ]
    assert [Counter((kind, quoted) for kind, quoted in found) for found in _found(visit.page, texts)] == [
        _told(text) for text in texts
    ]
    known = ["Dr. José López, 12 Main Street, 617-555-0199", "The hearing is on March 14. Ana was admitted on May 3."]
    text = "Jose Lopez at 12 Main Street, (617) 555-0199: I was admitted on March 14. Ana was admitted on May 3."
    assert _found(visit.page, [text], known) == [
        [[one.kind.value, text[one.start : one.end]] for one in findings(text, known=known)]
    ]


def _found(page: Page, texts: list[str], known: list[str] | None = None) -> list[list[list[str]]]:
    """Kind and words of all that the browser finds in each text, by what the page would load."""
    found: list[list[list[str]]] = page.evaluate(
        """async ([texts, known]) => {
            const { reader, rules } = document.querySelector("patient-note").dataset;
            const findings = (await import(reader)).reader(await (await fetch(rules)).json());
            return texts.map((text) => findings(text, known).map(({ kind, quoted }) => [kind, quoted]));
        }""",
        [texts, known or []],
    )
    return found


def _told(text: str) -> Counter[tuple[str, str]]:
    return Counter((one.kind.value, " ".join(text[one.start : one.end].split())) for one in findings(text))
