"""Makes the records of `home` that tests need."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image as PillowImage
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, Locale, Page, Site
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from home.content.home_page import HomePage
from home.content.section_page import SectionPage
from home.content.settings import OrganisationSettings
from home.content.site_text import SiteText
from home.content.standard_page import StandardPage

TITLES = {"en": "Grassroots Action Center", "es": "Centro de Acción Ciudadana"}


def locale(code: str = "en") -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def home_page(code: str = "en") -> HomePage:
    """The home page of the language, below the root; made anew where a test before has emptied the tables."""
    found = HomePage.objects.filter(locale=locale(code), depth=2).first()
    if found is None:
        key = {"translation_key": home_page("en").translation_key} if code != "en" else {}
        root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root", locale=locale("en"))
        found = root.add_child(
            instance=HomePage(title=TITLES[code], slug=f"home-{code}", locale=locale(code), **key),
        )
    if code == "en":
        _serve_from(found)
    return found


def _serve_from(home: HomePage) -> None:
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    if site.root_page_id != home.pk:
        site.root_page = home
        site.save()


def fresh_site() -> HomePage:
    """All that the migrations leave, where a test before has emptied the tables; gives back the English home page."""
    if not Collection.objects.filter(depth=1).exists():
        Collection.add_root(name="Root")
    home_page("es")
    return home_page("en")


def child(parent: Page, page: Page) -> Any:
    """Publishes the page below the parent, in the parent's language."""
    page.locale = parent.locale
    parent.refresh_from_db()
    parent.add_child(instance=page)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def standard_page(parent: Page | None = None, **fields: Any) -> StandardPage:
    return child(parent or home_page(), StandardPage(**{"title": "About the Society", **fields}))


def section_page(parent: Page | None = None, **fields: Any) -> SectionPage:
    return child(parent or home_page(), SectionPage(**{"title": "Patients’ Action Network", **fields}))


def translation(page: Page, *, code: str = "es", **fields: Any) -> Any:
    """A published translation of the page, whose parents are translated as they need to be."""
    copied = page.copy_for_translation(locale(code), copy_parents=True)
    for name, value in fields.items():
        setattr(copied, name, value)
    copied.save_revision().publish()
    return type(page).objects.get(pk=copied.pk)


def localize(source_object: Any, *, code: str = "es", slug: str = "") -> Any:
    """Sends a page or snippet through wagtail-localize, each text translated as "ES " and itself."""
    source, _created = TranslationSource.update_or_create_from_instance(source_object)
    to_translate = Translation.objects.create(source=source, target_locale=locale(code))
    for segment in source.stringsegment_set.select_related("string", "context"):
        # The slug is offered for translation too, and must stay one.
        text = slug if segment.context.path == "slug" else f"{code.upper()} {segment.string.data}"
        StringTranslation.objects.create(
            translation_of=segment.string, context=segment.context, locale=locale(code), data=text
        )
    to_translate.save_target(publish=True)
    return source_object.get_translation(locale(code))


def organisation(**fields: Any) -> OrganisationSettings:
    home_page()
    found = OrganisationSettings.for_site(Site.objects.get(is_default_site=True))
    for name, value in {"name": "Alder Medical Society", **fields}.items():
        setattr(found, name, value)
    found.save()
    return found


def site_text(code: str = "en", **fields: Any) -> SiteText:
    return SiteText.objects.create(locale=locale(code), **{"site_title": TITLES[code], **fields})


def image(title: str = "A white coat on a hook", size: tuple[int, int] = (640, 360)) -> Image:
    buffer = BytesIO()
    PillowImage.new("RGB", size, (15, 90, 99)).save(buffer, "PNG")
    return Image.objects.create(title=title, file=ImageFile(buffer, name="picture.png"))


def document(title: str = "One-page summary") -> Document:
    made = Document(title=title)
    made.file.save("summary.txt", ContentFile(b"The bill in one page."), save=False)
    made.save()
    return made
