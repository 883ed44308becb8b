"""Gives a fresh site its two languages and a home page in each, in place of Wagtail's welcome page."""

import uuid

from django.db import migrations

LANGUAGES = (
    ("en", "Grassroots Action Center", "home"),
    ("es", "Centro de Acción Ciudadana", "inicio"),
)


def build_home_pages(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    HomePage = apps.get_model("home", "HomePage")
    root = Page.objects.filter(depth=1).first()
    if root is None or not _is_untouched(Page, root):
        return
    Page.objects.filter(depth=2).delete()
    content_type, _created = ContentType.objects.get_or_create(app_label="home", model="homepage")
    translation_key = uuid.uuid4()
    pages = []
    for position, (code, title, slug) in enumerate(LANGUAGES, start=1):
        locale, _created = Locale.objects.get_or_create(language_code=code)
        pages.append(
            HomePage.objects.create(
                title=title,
                draft_title=title,
                slug=slug,
                path=f"{root.path}{position:04d}",
                depth=2,
                numchild=0,
                url_path=f"/{slug}/",
                content_type=content_type,
                locale=locale,
                translation_key=translation_key,
                live=True,
                introduction="",
                body=[],
            )
        )
    root.numchild = len(pages)
    root.save(update_fields=["numchild"])
    site, created = Site.objects.get_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page_id": pages[0].pk}
    )
    if not created:
        site.root_page_id = pages[0].pk
        site.save(update_fields=["root_page"])


def restore_welcome_page(apps, schema_editor):
    """Only where nothing was built below the home pages; a real site keeps its tree."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    root = Page.objects.filter(depth=1).first()
    if root is None or Page.objects.filter(depth__gt=2).exists():
        return
    Site.objects.filter(root_page__depth=2).update(root_page_id=root.pk)
    Page.objects.filter(depth=2).delete()
    content_type, _created = ContentType.objects.get_or_create(app_label="wagtailcore", model="page")
    welcome = Page.objects.create(
        title="Welcome to your new Wagtail site!",
        draft_title="Welcome to your new Wagtail site!",
        slug="home",
        path=f"{root.path}0001",
        depth=2,
        numchild=0,
        url_path="/home/",
        content_type=content_type,
        locale=Locale.objects.get(language_code=LANGUAGES[0][0]),
        translation_key=uuid.uuid4(),
    )
    root.numchild = 1
    root.save(update_fields=["numchild"])
    Site.objects.filter(root_page_id=root.pk).update(root_page_id=welcome.pk)


def _is_untouched(Page, root):
    """Whether the tree is as Wagtail's own migration left it: the welcome page and nothing else."""
    below = list(Page.objects.filter(depth__gt=1).select_related("content_type"))
    return not below or (len(below) == 1 and below[0].content_type.model == "page")


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("wagtailcore", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(build_home_pages, restore_welcome_page)]
