"""The home page, the sections and the plain pages."""

from config.demo.texts import PageText

HOME = PageText(
    slug="home",
    title="Grassroots Action Center",
    summary="Physicians and patients of Alder speak to the people who make the rules of medicine.",
    paragraphs=(
        "Those who write health policy seldom see it at the bedside. You do. Choose an issue, say in your own words "
        "what you have seen, and we find your legislators, deliver your letter and tell you truthfully what became "
        "of it.",
        "You need not be an expert in politics. The training section has four short lessons, and staff of the "
        "Society answer the telephone.",
    ),
)
CAMPAIGNS = PageText(
    slug="campaigns",
    title="Campaigns",
    summary="Pick the issue on which your experience counts, and write to the people who decide.",
    is_in_menus=True,
)
TRAINING = PageText(
    slug="training",
    title="Advocacy Training",
    summary="Short lessons that end in something done: a meeting asked for, a testimony written, a letter sent.",
    is_in_menus=True,
)
PATIENTS = PageText(
    slug="patients",
    title="Patients’ Action Network",
    summary="For everybody who has waited, paid too much or gone without care, and for those who stood beside them.",
    paragraphs=(
        "Doctors can describe what a rule does. Only patients can say what it is like. The network brings both to the "
        "legislature: you tell us what happened, and your own senator and representative read it.",
        "Taking part costs nothing and binds you to nothing. Your address is used to find your legislators and "
        "appears in your letter to them, because offices answer only the people they represent. It goes to nobody "
        "else.",
    ),
    is_in_menus=True,
)
FIND = PageText(
    slug="find-your-legislators",
    title="Find your legislators",
    summary="Who speaks for you in the State House of Alder and in Congress: names, offices and telephone numbers.",
    paragraphs=(
        "Districts follow streets, not ZIP codes: in Birchfield two neighbors can have different representatives. "
        "Where we are not sure, we show you why and ask you.",
        "The address is compared with maps and street lists that this site holds itself, and is not kept.",
    ),
    is_in_menus=True,
)
ABOUT = PageText(
    slug="about",
    title="About the Society",
    summary="Who runs this site, and how to reach us.",
    paragraphs=(
        "The Alder Medical Society is an invented society in an invented state. This site shows what the Grassroots "
        "Action Center can do. Its officials, figures and stories are made up; nobody real is written to from here.",
        "To try a form, live in Alder for a minute: 21 Main Street in Port Alder (69901) has both of its legislators, "
        "101 Line Road in Birchfield (69903) lies beside a district line, the ZIP code 69903 alone lies in two house "
        "districts, in Quarry Hill (69906) a seat is vacant, "
        "and in Millbrook (69907) the representative has no e-mail address. The campaign for overdose prevention "
        "centers asks for your practice too: say that it is at 30 Main Street in Stonebridge (69905).",
        "Staff of the Society’s grassroots office answer on working days. The address and number are at the foot of "
        "every page.",
    ),
)
PRIVACY = PageText(
    slug="privacy",
    title="Privacy",
    summary="What we ask for, why, how long we keep it and who sees it.",
    paragraphs=(
        "We ask for your name and address because a legislator’s office must know that you live in its district. Your "
        "letter carries them to the legislators whom you saw on the page, and to nobody else.",
        "To find your districts the site compares your address with district maps that it holds itself. If a "
        "street cannot be found there, the society may have chosen to ask the geocoder of the United States Census "
        "Bureau; nothing but the address is sent to it.",
        "This site sets a cookie that protects the form you send. It loads nothing from other companies and counts "
        "no visits.",
    ),
)
ACCESSIBILITY = PageText(
    slug="accessibility",
    title="Accessibility",
    summary="What this site does so that everybody can use it, and what to do if something stands in your way.",
    paragraphs=(
        "The site is built to the Web Content Accessibility Guidelines 2.2, level AA. It works with a keyboard, with "
        "a screen reader, on a small screen and without scripts.",
        "If something stands in your way, please tell the grassroots office. We answer within two working days and "
        "will take your letter by telephone until it is mended.",
    ),
)
PLAIN_PAGES = (ABOUT, PRIVACY, ACCESSIBILITY)
