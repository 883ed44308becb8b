"""One page of the demonstration for each kind of action: what a visitor answers, and what the receipt must say."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from tests.browser.forms import CONSTITUENT

CAMPAIGN = "/campaigns/ways-to-take-part/"
STORY = "My patient Maria Lopez was admitted on March 14, 2024."
#: Whatever a receipt says, it may not claim more than a demonstration does.
NEVER = ("Accepted by our mail service", "Delivered", "Nothing has gone yet")

ROLE_LABEL = re.compile(r"I am (a|writing as|calling as)\b")


@dataclass(frozen=True)
class Kind:
    slug: str
    #: The button below the form.
    button: str
    #: What stands on the receipt.
    receipt: tuple[str, ...]
    #: Answers by their labels, and the labels of what is ticked.
    typed: dict[str, str] = field(default_factory=dict)
    ticked: tuple[str, ...] = ()
    has_role: bool = True
    #: What stands on the receipt and nowhere before it.
    revealed: str = ""

    @property
    def path(self) -> str:
        return f"{CAMPAIGN}{self.slug}/"


LETTER = Kind("write-a-letter", "Continue to your letters", ("Your letters", "Marisol Tidewater", "Ines Quayle"))
CALL = Kind(
    "make-a-call",
    "Show me whom to call",
    ("Make your calls", "Senator Marisol Tidewater", "Hello, my name is Noor Castellane.", "nobody else knows"),
    revealed="555-555-0101",
)
SOCIAL = Kind(
    "post", "Show me the posts", ("Nothing is posted for you.", "Your post on X to Senator Marisol"), has_role=False
)
TESTIMONY = Kind(
    "testify",
    "Write my testimony",
    ("Testimony in support of H.210", "Read aloud, your words take", "This is not handed in yet."),
    {"Town": "Port Alder", "Your testimony": "A boy of nine had no inhaler at noon, and no nurse to ask for it."},
    ("I support it", "In writing"),
)
PETITION = Kind(
    "sign-the-petition",
    "Sign",
    ("Your signature", "A registered nurse in every public school of Alder", "Your name is not shown in public."),
    {"Why do you sign?": "Because I have seen it."},
    has_role=False,
)
PLEDGE = Kind(
    "make-a-pledge",
    "Make this pledge",
    ("Your pledge", "I will visit a school in my district", "Your name is not shown in public."),
)
EVENT = Kind(
    "come-to-the-day",
    "Sign up",
    ("School Health Day", "You have a place", "State House, Room 12", "Put it into your calendar"),
    revealed="https://video.alder.example/school-health-day",
)
SURVEY = Kind("answer-the-survey", "Send your answers", ("We have your answers.",), ticked=("Every month",))
STORY_KIND = Kind(
    "tell-your-story",
    "Share my story",
    ("It waits to be read. Nothing of it is public.", "For legislators and their staff"),
    {"What happened?": STORY},
    ("You may give my story to legislators and their staff.",),
)
JOIN = Kind("join-the-network", "Join", ("School Health Network", "You have joined.", "About one message a month"))
STEPS = Kind("offer-your-help", "Continue", ("Somebody from the Society writes to you",), has_role=False)

KINDS = (LETTER, CALL, TESTIMONY, SOCIAL, PETITION, PLEDGE, EVENT, SURVEY, STORY_KIND, JOIN, STEPS)


def fill_in(page: Page, kind: Kind, *, email: str) -> None:
    """Answers what the page asks, by the labels that a visitor reads."""
    for label, value in CONSTITUENT.items():
        control = page.get_by_label(label, exact=True)
        if control.count():
            control.fill(value)
    if page.get_by_label("State", exact=True).count():
        page.get_by_label("State", exact=True).select_option("AX")
    page.get_by_label("E-mail address", exact=True).fill(email)
    if kind.has_role:
        page.get_by_role("group", name=ROLE_LABEL).get_by_label("Physician", exact=True).check()
    for label, value in kind.typed.items():
        page.get_by_label(re.compile(rf"^{re.escape(label)}")).fill(value)
    for label in kind.ticked:
        page.get_by_label(label, exact=True).check()


def expect_heading(page: Page, text: str) -> None:
    """The page's one heading of the first level, and no level left out below it."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)
    levels = page.locator("main").locator("h1, h2, h3, h4, h5, h6").evaluate_all("all => all.map(h => +h.tagName[1])")
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False)), levels
