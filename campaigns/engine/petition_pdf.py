"""The packet that is handed over with a petition, as PDF: a letter, the statement, numbers, names and comments."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from campaigns.engine.pdf_fonts import Fonts, fonts

MARGIN = 22 * mm
ROWS_A_TABLE = 40


@dataclass(frozen=True, slots=True)
class Count:
    """A place with how many signed there."""

    place: str
    number: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many signed in each place of one sort; places of too few stand in `elsewhere` without their names."""

    heading: str
    places: tuple[Count, ...]
    elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class Packet:
    """All that is printed. It holds no e-mail address and no street."""

    heading: str
    statement: str
    society: str
    #: In words, in the language of the packet.
    day: str
    language: str
    total: int
    cover_letter: str = ""
    #: To whom it is handed over, and where they sit; nothing for the packet of all signatures.
    recipient: str = ""
    district: str = ""
    counts: tuple[Counts, ...] = ()
    #: Name and town of those who agreed to be named.
    names: tuple[tuple[str, str], ...] = ()
    comments: tuple[str, ...] = ()
    #: Fewer than this many of one place are not told apart from others.
    fewest: int = 5

    @property
    def total_in_words(self) -> str:
        """In the active language."""
        if self.district:
            words = ngettext(
                "%(number)s person of %(district)s has signed.",
                "%(number)s people of %(district)s have signed.",
                self.total,
            )
        else:
            words = ngettext("%(number)s person has signed.", "%(number)s people have signed.", self.total)
        return words % {"number": f"{self.total:,}", "district": self.district}


def petition_pdf(packet: Packet) -> bytes:
    """The packet in the active language."""
    return _Writer(packet, fonts()).pdf()


class _Writer:
    def __init__(self, packet: Packet, faces: Fonts) -> None:
        self.packet = packet
        self.faces = faces
        #: Characters for which the fonts have no sign.
        self.replaced = 0
        body = ParagraphStyle(
            "body", fontName=faces.regular, fontSize=11, leading=15.5, spaceAfter=7, alignment=TA_LEFT, splitLongWords=1
        )
        self.body = body
        self.small = ParagraphStyle("small", parent=body, fontSize=9, leading=12.5, textColor=HexColor("#444444"))
        self.title = ParagraphStyle("title", parent=body, fontName=faces.bold, fontSize=22, leading=27, spaceAfter=10)
        self.heading = ParagraphStyle(
            "heading", parent=body, fontName=faces.bold, fontSize=14, leading=18, spaceBefore=10, keepWithNext=1
        )
        self.cell = ParagraphStyle("cell", parent=body, spaceAfter=0, fontSize=10, leading=13)
        self.figure = ParagraphStyle("figure", parent=body, fontName=faces.bold, fontSize=16, leading=21)

    def pdf(self) -> bytes:
        packet = self.packet
        target = BytesIO()
        story = [*self._cover(), *self._statement(), *self._counts(), *self._names(), *self._comments()]
        # Last, when all that is written has been looked at.
        story += self._about()
        template = SimpleDocTemplate(
            target,
            pagesize=letter,
            leftMargin=MARGIN,
            rightMargin=MARGIN,
            topMargin=MARGIN,
            bottomMargin=MARGIN,
            title=self._plain(packet.heading),
            author=self._plain(packet.society),
            subject=self._plain(_("Signatures of a petition")),
            creator=self._plain(packet.society),
            lang=packet.language,
            displayDocTitle=True,
        )
        template.build(story, onFirstPage=self._foot, onLaterPages=self._foot)
        return target.getvalue()

    # --- Parts ---------------------------------------------------------------------------------

    def _cover(self) -> list[Flowable]:
        packet = self.packet
        story: list[Flowable] = [self._paragraph(packet.society, self.small), self._paragraph(packet.day, self.small)]
        if packet.recipient:
            story += [Spacer(1, 8 * mm), self._paragraph(packet.recipient, self.figure)]
            story += [self._paragraph(packet.district, self.body)] if packet.district else []
        story += [Spacer(1, 8 * mm), _Bookmark(packet.heading, "petition"), self._paragraph(packet.heading, self.title)]
        story.append(self._paragraph(packet.total_in_words, self.figure))
        if packet.cover_letter.strip():
            story += [Spacer(1, 6 * mm), *self._paragraphs(packet.cover_letter), PageBreak()]
        return story

    def _statement(self) -> list[Flowable]:
        return [*self._heading(_("What they signed"), "statement"), *self._paragraphs(self.packet.statement)]

    def _counts(self) -> list[Flowable]:
        story: list[Flowable] = []
        for number, counts in enumerate(self.packet.counts):
            if not counts.places:
                continue
            story += self._heading(counts.heading, f"counts-{number}")
            rows = [[self._cell(item.place), self._cell(f"{item.number:,}")] for item in counts.places]
            if counts.elsewhere:
                rows.append([self._cell(_("Elsewhere, or not known")), self._cell(f"{counts.elsewhere:,}")])
            story += _tables(rows, (130 * mm, 30 * mm))
        if story:
            words = _(
                "A place from which fewer than %(fewest)s people signed is not named: it might tell who they are."
            )
            story.append(self._paragraph(words % {"fewest": self.packet.fewest}, self.small))
        return story

    def _names(self) -> list[Flowable]:
        story = self._heading(_("Names"), "names")
        said = ngettext(
            "%(named)s of those who signed agreed to be named.",
            "%(named)s of those who signed agreed to be named.",
            len(self.packet.names),
        )
        story.append(self._paragraph(said % {"named": f"{len(self.packet.names):,}"}, self.body))
        if self.packet.names:
            rows = [[self._cell(name), self._cell(town)] for name, town in self.packet.names]
            story += _tables(rows, (100 * mm, 60 * mm))
        return story

    def _comments(self) -> list[Flowable]:
        if not self.packet.comments:
            return []
        story = self._heading(_("Why people signed"), "comments")
        for comment in self.packet.comments:
            story += [*self._paragraphs(comment), self._paragraph("—", self.small)]
        return story[:-1]

    def _about(self) -> list[Flowable]:
        words = [_("Each person counts once. Signatures that were found not to be a person’s own are left out.")]
        if self.replaced:
            sign = self.faces.replacement
            words.append(
                ngettext(
                    "The fonts of this document lack %(count)s character of what people wrote; %(sign)s stands for it.",
                    "The fonts of this document lack %(count)s characters of what people wrote; "
                    "%(sign)s stands for each.",
                    self.replaced,
                )
                % {"count": self.replaced, "sign": sign}
            )
            words.append(_("Every name stands as it was written in the same packet as a web page and as a table."))
        return [Spacer(1, 6 * mm), *(Paragraph(escape(text), self.small) for text in words)]

    # --- Inside --------------------------------------------------------------------------------

    def _plain(self, text: str) -> str:
        written, replaced = self.faces.writable(text)
        self.replaced += replaced
        return written

    def _paragraph(self, text: str, style: ParagraphStyle) -> Paragraph:
        return Paragraph(self._markup(self._plain(text)), style)

    def _markup(self, text: str) -> str:
        """Reportlab's own markup, for what the first font cannot write."""
        parts = []
        for name, run in self.faces.runs(text):
            words = escape(run).replace("\n", "<br/>")
            parts.append(f'<font name="{name}">{words}</font>' if name else words)
        return "".join(parts)

    def _paragraphs(self, text: str) -> list[Flowable]:
        return [self._paragraph(part.strip(), self.body) for part in text.split("\n\n") if part.strip()]

    def _heading(self, text: str, key: str) -> list[Flowable]:
        return [_Bookmark(text, key), self._paragraph(text, self.heading)]

    def _cell(self, text: str) -> Paragraph:
        return self._paragraph(text, self.cell)

    def _foot(self, canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont(self.faces.regular, 9)
        words = _("Page %(number)s") % {"number": canvas.getPageNumber()}
        canvas.drawRightString(letter[0] - MARGIN, 12 * mm, words)
        heading, _replaced = self.faces.writable(self.packet.heading)
        canvas.drawString(MARGIN, 12 * mm, heading if len(heading) <= 80 else f"{heading[:79]}…")
        canvas.restoreState()


class _Bookmark(Flowable):
    """An entry of the outline at the place where it stands."""

    def __init__(self, words: str, key: str) -> None:
        super().__init__()
        self.words, self.key = words, key
        self.keepWithNext = 1

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.canv.bookmarkPage(self.key)
        self.canv.addOutlineEntry(self.words, self.key, level=0)


def _tables(rows: Sequence[list[Paragraph]], widths: Sequence[float]) -> list[Flowable]:
    """One table to the eye: a long one takes the square of its rows to be cut at the ends of pages."""
    return [_table(rows[start : start + ROWS_A_TABLE], widths) for start in range(0, len(rows), ROWS_A_TABLE)]


def _table(rows: Sequence[list[Paragraph]], widths: Sequence[float]) -> Table:
    table = Table(rows, colWidths=widths, hAlign="LEFT", repeatRows=0)
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.3, "#bbbbbb"),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
        ]
    )
    return table
