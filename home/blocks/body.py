"""The body of a page: every shared block by its name."""

from wagtail.blocks import StreamBlock

from home.blocks.call_to_action import CallToActionBlock
from home.blocks.documents import DocumentListBlock
from home.blocks.find_legislators import FindLegislatorsBlock
from home.blocks.hero import HeroBlock
from home.blocks.page_cards import PageCardsBlock, SectionCardsBlock
from home.blocks.picture import PictureBlock
from home.blocks.prose import ProseBlock
from home.blocks.questions import QuestionsBlock
from home.blocks.quote import QuoteBlock
from home.blocks.share import ShareBlock
from home.blocks.statistics_row import StatisticsBlock
from home.blocks.stories import StoriesBlock
from home.blocks.updates import UpdatesBlock
from home.blocks.video import VideoBlock


class BodyStreamBlock(StreamBlock):
    """Other apps extend it with blocks of their own."""

    hero = HeroBlock()
    prose = ProseBlock()
    quote = QuoteBlock()
    picture = PictureBlock()
    video = VideoBlock()
    call_to_action = CallToActionBlock()
    statistics = StatisticsBlock()
    questions = QuestionsBlock()
    documents = DocumentListBlock()
    updates = UpdatesBlock()
    share = ShareBlock()
    page_cards = PageCardsBlock()
    section_cards = SectionCardsBlock()
    find_legislators = FindLegislatorsBlock()


class ContentBodyBlock(BodyStreamBlock):
    """Of pages that people come to for what they say; a page with a task of its own leaves stories out."""

    stories = StoriesBlock()
