"""What is counted while somebody types, in a real browser: alike on the server, and told to who does not see it."""

import random

from playwright.sync_api import Page, expect

from campaigns.engine import reading_aloud, share
from tests.browser.conftest import Visit
from tests.browser.forms import TELEHEALTH, fill_details
from tests.browser.kinds import TESTIMONY

#: Words that need care: other scripts, marks that stand alone, emoji, hyphens and apostrophes.
WORDS = ("a", "b", "don’t", "well-known", "Atencio\u0301n", "健康", "صحة", "😀", "—", "3.5", "¿sí?", "हिन्दी", "x_y")
GAPS = (" ", "\n", "\u00a0", "\ufeff", "\u2003", "  ", "\x1f")
IN_THE_BROWSER = """async ([path, name, calls]) => {
    const found = (await import(path))[name];
    const { wordsOf } = await import("/static/js/letter-meter.js");
    return calls.map((texts) => found(...(texts.length > 1 ? texts.map(wordsOf) : texts)));
}"""


def _texts(number: int, *, longest: int = 60) -> list[str]:
    chance = random.Random(7)
    return [
        "".join(chance.choice(WORDS) + chance.choice(GAPS) for _word in range(chance.randrange(longest)))
        for _text in range(number)
    ]


def test_the_browser_counts_as_the_server_does(visit: Visit) -> None:
    visit.page.goto("/")
    texts = _texts(200)
    pairs = [*zip(texts, texts[1:], strict=False), ("a b " * 2500, "b a " * 2500)]
    kept = visit.page.evaluate(IN_THE_BROWSER, ["/static/js/letter-meter.js", "kept", pairs])
    assert kept == [share.kept(share.words(given), share.words(own)) for given, own in pairs]
    spoken = visit.page.evaluate(
        IN_THE_BROWSER, ["/static/js/reading-time.js", "spokenWords", [[text] for text in texts]]
    )
    assert spoken == [reading_aloud.words(text) for text in texts]
    assert visit.console_errors == []


def test_the_time_to_read_testimony_follows_what_is_typed_and_is_spoken_when_it_changes(visit: Visit) -> None:
    page = visit.page
    page.goto(TESTIMONY.path)
    told = page.locator("reading-time p")
    expect(told).to_have_text("Words: 0. Read aloud: less than half a minute.")
    words = page.get_by_label("Your testimony")
    words.fill("one two three")
    expect(told).to_have_text("Words: 3. Read aloud: less than half a minute.")
    expect(told).to_have_attribute("aria-live", "off")
    words.fill("word " * 400)
    expect(told).to_contain_text("about 3 min, by 10 words more")
    expect(told).to_have_attribute("aria-live", "polite")


def test_the_length_of_the_letter_in_which_somebody_types_is_spoken_and_of_no_other(visit: Visit) -> None:
    page = visit.page
    _to_the_letters(page)
    lengths = page.locator("letter-length p")
    first = page.get_by_label("Your letter").first
    first.press("End")
    first.press_sequentially(" More.")
    expect(lengths.first).to_have_attribute("aria-live", "polite")
    for other in range(1, lengths.count()):
        expect(lengths.nth(other)).to_have_attribute("aria-live", "off")
    before = lengths.first.inner_text()
    first.fill("A short letter of mine.")
    expect(lengths.first).not_to_have_text(before)
    assert visit.console_errors == []


def _to_the_letters(page: Page) -> None:
    page.goto(TELEHEALTH)
    fill_details(page, email="noor.counts@castellane.example")
    page.get_by_role("button", name="Continue to your letters").click()
    heading = page.get_by_role("heading", level=1)
    if heading.inner_text() == "Make your letters yours":
        page.get_by_role("button", name="Continue to your letters").click()
    expect(heading).to_have_text("Read your letters")
