"""A visitor's whole path in Spanish, beside visitors of the same campaign in English."""

import email
import email.policy
import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import RunningSite, Visit

ENGLISH_CAMPAIGN = "/campaigns/prior-authorization/"
CAMPAIGN = "/es/campanas/autorizacion-previa/"
PATIENTS = "/es/pacientes/cuente-a-sus-legisladores/"

#: Words that hardly a sentence of English does without, and that no sentence of Spanish has.
ENGLISH = re.compile(
    r"\b(the|your|yours|you|and|with|this|these|that|letters?|please|is|are|was|were|we|our|not|for|from|by|it|its|"
    r"has|have|what|who|which|how|choose|enter|send|sent|read|search|skip|share|copy|page|people|campaigns?|state|"
    r"house|district|thank|error in|optional|source|nothing|needs|waiting|characters|minutes?)\b",
    re.IGNORECASE,
)
#: What a person reads or hears on the page in the page's own language; names of states are names.
OWN_WORDS = """() => {
    const copy = document.documentElement.cloneNode(true);
    copy.querySelectorAll("[lang=en], option, script, style").forEach(element => element.remove());
    const said = ["aria-label", "alt", "title", "placeholder", "data-label", "data-done", "data-failed",
                  "data-left", "data-over"];
    const attributes = [...copy.querySelectorAll("*")].flatMap(
        element => said.map(name => element.getAttribute(name)).filter(Boolean));
    return [document.title, copy.querySelector("body").textContent, ...attributes].join("\\n");
}"""
#: Proper names of the demonstration.
NAMES = ("Grassroots Action Center",)


def _is_spanish(page: Page) -> None:
    assert page.locator("html").get_attribute("lang") == "es"
    assert page.locator("main").get_attribute("lang") is None
    words = page.evaluate(OWN_WORDS)
    for name in NAMES:
        words = words.replace(name, "")
    left = {line.strip() for line in words.splitlines() if ENGLISH.search(_without_addresses(line))}
    assert left == set()


def _without_addresses(line: str) -> str:
    return re.sub(r"https?://\S+|\S+@\S+", "", line)


def _fill(page: Page, *, address: str, name: str, **changes: str) -> None:
    given, family = name.split()
    typed = {
        "Nombre": given,
        "Apellidos": family,
        "Correo electrónico": address,
        "Dirección": "21 Main Street",
        "Ciudad o pueblo": "Port Alder",
        "Código postal": "69901",
    }
    for label, value in (typed | changes).items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Estado", exact=True).select_option("AX")


def _mail_for(site: RunningSite, address: str, count: int) -> list[email.message.EmailMessage]:
    """What was captured from or to an address, as soon as there are `count`."""
    deadline = time.monotonic() + 60
    found: list[email.message.EmailMessage] = []
    while len(found) < count and time.monotonic() < deadline:
        messages = [email.message_from_bytes(raw, policy=email.policy.default) for raw in site.captured()]
        found = [each for each in messages if address in f"{each['To']} {each['Reply-To']}"]
        time.sleep(0.5)
    assert len(found) >= count, f"{len(found)} of {count} messages were captured within a minute"
    return found


def _supporters(page: Page, path: str, sentence: str) -> int:
    page.goto(path)
    text = page.get_by_text(re.compile(rf"\d+ {sentence}")).first.inner_text()
    return int(re.search(r"\d+", text).group())


@pytest.mark.parametrize(
    "path",
    [
        "/es/",
        "/es/campanas/",
        CAMPAIGN,
        "/es/pacientes/",
        PATIENTS,
        "/es/search/?q=autorización",
        "/es/search/?q=xyzzy",
        "/es/no-existe/",
        "/es/receipt/abc/",
    ],
)
def test_a_spanish_page_holds_no_english_but_what_is_marked_as_english(visit: Visit, path: str) -> None:
    visit.page.goto(path)
    _is_spanish(visit.page)


def test_the_words_that_tell_english_apart_are_found_on_an_english_page(visit: Visit) -> None:
    visit.page.goto(ENGLISH_CAMPAIGN)
    assert len(set(ENGLISH.findall(visit.page.evaluate(OWN_WORDS)))) > 20


def test_a_patient_goes_the_whole_way_in_spanish(visit: Visit, site: RunningSite) -> None:
    page = visit.page
    page.goto("/es/pacientes/")
    page.get_by_role("link", name="Cuente a sus legisladores").first.click()

    page.get_by_role("button", name="Continuar a sus cartas").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("Hay un problema")
    expect(page.get_by_role("link", name="Escriba sus apellidos.")).to_be_visible()
    assert page.title().startswith("Error: Cuente")
    _is_spanish(page)

    line_road = {"Dirección": "101 Line Road", "Ciudad o pueblo": "Birchfield", "Código postal": "69903"}
    _fill(page, address="lucia@paciente.example", name="Lucía Peralta", **line_road)
    page.get_by_label("¿Qué pasó?").fill("Esperé seis semanas.")
    page.get_by_role("button", name="Continuar a sus cartas").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Elija su distrito")
    _is_spanish(page)
    page.get_by_role("button", name="Continuar a sus cartas").click()
    expect(page.get_by_role("alert")).to_contain_text("elija su distrito o indique que no lo sabe")
    _is_spanish(page)
    page.get_by_role("radio", name="2nd Birch").check()
    page.get_by_role("button", name="Continuar a sus cartas").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Lea sus cartas")
    expect(page.get_by_text("Estas cartas están en inglés")).to_be_visible()
    expect(page.get_by_text("Senado estatal, Birch")).to_be_visible()
    letter = page.locator("textarea[name$=body]").first
    expect(letter).to_have_value(re.compile(r"^Dear Senator Oakes,\s+Esperé seis semanas\."))
    assert letter.evaluate("area => area.closest('[lang]').lang") == "en"
    _is_spanish(page)
    page.locator("textarea[name$=subject]").first.fill("")
    page.get_by_role("button", name="Enviar 2 cartas").click()
    expect(page.get_by_role("alert")).to_contain_text("Escriba un asunto para esta carta.")
    _is_spanish(page)
    page.locator("textarea[name$=subject]").first.fill("Una paciente de Birchfield")
    page.get_by_role("button", name="Enviar 2 cartas").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Gracias")
    assert "/es/receipt/" in page.url
    messages = _mail_for(site, "lucia@paciente.example", 3)
    page.reload()
    expect(page.locator(".receipt-list").first).to_contain_text("No enviada: este es un sitio de prueba")
    expect(page.locator(".letter-card__body").first).to_have_attribute("lang", "en")
    _is_spanish(page)

    confirmation = next(each for each in messages if "lucia@paciente.example" in each["To"])
    assert confirmation["Subject"].strip().startswith("Lo que usted envió: Cuente")
    text = confirmation.get_content()
    assert "Hola, Lucía Peralta:" in text
    assert "/es/receipt/" in text
    assert not ENGLISH.search(_without_addresses(text.replace("Alder Medical Society", "")))
    letters = [each.get_content() for each in messages if each is not confirmation]
    openings = sorted(line for text in letters for line in text.splitlines() if line.startswith("Dear "))
    assert openings == ["Dear Representative Elmore,", "Dear Senator Oakes,"]
    assert {text.splitlines()[0] for text in letters} == {"Lucía Peralta"}
    assert not any("estatal" in text for text in letters)
    assert visit.foreign_requests == []
    assert visit.console_errors == []


def test_both_languages_are_one_campaign(visit: Visit, site: RunningSite) -> None:
    page = visit.page
    before = _supporters(page, ENGLISH_CAMPAIGN, "people have taken part")

    page.goto(CAMPAIGN)
    _fill(page, address="marta@doblada.example", name="Marta Doblada")
    page.get_by_label("Psiquiatría").check()
    page.get_by_role("button", name="Continuar a sus cartas").click()
    expect(page.locator("textarea[name$=body]").first).to_have_value(re.compile("^Dear "))
    page.get_by_role("button", name=re.compile(r"Enviar \d+ cartas?")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gracias")
    # A representative, a committee and the receipt.
    count = len(_mail_for(site, "marta@doblada.example", 3))

    assert _supporters(page, ENGLISH_CAMPAIGN, "people have taken part") == before + 1
    assert _supporters(page, CAMPAIGN, "personas han participado") == before + 1

    page.goto(ENGLISH_CAMPAIGN)
    for label, value in {
        "Given name": "Marta",
        "Family name": "Doblada",
        "E-mail address": "Marta@Doblada.example",
        "Street address": "21 Main Street",
        "City or town": "Port Alder",
        "ZIP code": "69901",
    }.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("State", exact=True).select_option("AX")
    page.get_by_label("Psychiatry").check()
    page.get_by_role("button", name="Continue to your letters").click()
    page.get_by_role("button", name=re.compile(r"Send \d+ letters?")).click()

    expect(page.get_by_role("heading", name="Written before")).to_be_visible()
    expect(page.get_by_role("heading", name="Your letters")).to_have_count(0)
    time.sleep(3)
    assert len(_mail_for(site, "marta@doblada.example", count)) == count
    assert _supporters(page, ENGLISH_CAMPAIGN, "people have taken part") == before + 1
