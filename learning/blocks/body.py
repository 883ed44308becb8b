"""The body of a lesson: the shared blocks and those of teaching."""

from home.blocks.body import BodyStreamBlock
from learning.blocks.checklist import ChecklistBlock
from learning.blocks.do_next import DoNextBlock
from learning.blocks.dos_and_donts import DosAndDontsBlock
from learning.blocks.steps import StepsBlock
from learning.blocks.takeaways import TakeawaysBlock


class LessonStreamBlock(BodyStreamBlock):
    takeaways = TakeawaysBlock()
    checklist = ChecklistBlock()
    steps = StepsBlock()
    dos_and_donts = DosAndDontsBlock()
    do_next = DoNextBlock()
