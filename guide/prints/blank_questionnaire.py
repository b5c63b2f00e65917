"""The questionnaire on paper in words: its questions, its checklist and its blank form, in the active language."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from bundles.dictionary import Region
from bundles.model import Bundle
from bundles.paper.composing import paper_of
from bundles.paper.questionnaire import Range
from bundles.values import Computed
from guide.language.languages import say
from guide.language.wording import day_words, rules_words
from guide.papers.files import dated_head
from guide.papers.questionnaire import QuestionnairePaper
from guide.prints.paper_checklist import ChecklistOnPaper
from guide.prints.paper_form import BlankForm
from guide.prints.paper_questions import QuestionsOnPaper
from guide.prints.paper_words import PaperWords


def questionnaire_paper_of(rules: Bundle, region: Region, today: date, link: str, large: bool) -> QuestionnairePaper:
    """The blank questionnaire of a bundle in a region by the rules of a day; `link` is what the QR code opens."""
    words = PaperWords(paper_of(rules, today))
    questions, checklist, form = QuestionsOnPaper(words), ChecklistOnPaper(words), BlankForm(words)
    return QuestionnairePaper(
        head=dated_head(say(rules.title), region, today, rules_words(words.bundle), link),
        title=_("问卷（没有手机、没有网也能用）"),
        intro=tuple(_intro(words)),
        sections=tuple(questions.sections()),
        list_title=_("清单：要办哪几件"),
        list_intro=tuple(checklist.list_intro()),
        facts=tuple(map(questions.fact, words.sheet.boxes)),
        items=tuple(map(checklist.item, words.sheet.items)),
        materials_title=_("带哪些材料"),
        materials=tuple(map(checklist.material, words.sheet.materials)),
        notes_title=_("提醒"),
        notes=tuple(checklist.notes()),
        joint=tuple(checklist.joint()),
        form_title=_("申请表（空白）"),
        form_intro=_("只填对得上的。同一个人的同一项只写一次。"),
        groups=tuple(form.groups()),
        fact_phrase=_("如果{when}，在此打勾"),
        marks_line=_("勾了的记号写在这里，报给窗口："),
        declares=not form.signed,
        large=large,
    )


def _intro(words: PaperWords) -> Iterator[str]:
    """How to go through the questions."""
    yield _("从第 1 题起往下看，在对的方框里打勾。写着“如果……才答”的，对得上才答，对不上就跳过去。")
    yield _("“3A”就是第 3 题的 A。“没勾”就是那个方框空着，那一题没有答也算。写着“到第 8 题”的，勾了就直接到那一题。")
    if words.sheet.all_boxes:
        yield _("写着“在此打勾”的不是问题：前面说的对得上就勾，对不上就空着，后面要看它。")
    if any(isinstance(step.of, Computed) for step in words.sheet.steps):
        yield _("写着“窗口算”的要算日子或算钱，由窗口来勾；后面要看它的，也等窗口。")
    if any(isinstance(mark.reach, Range) for step in words.sheet.steps for mark in step.marks):
        yield _("写明的日子按 {day} 算。过了这天，日子请窗口重新算。").format(day=day_words(words.today))
