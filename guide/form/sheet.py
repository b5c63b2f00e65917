"""The one form of a walk and a draft: what stands in its boxes, its pages, and what a page that is sent does to it."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from guide.form.boxes import MARKS, Block, Box, Given, all_boxes, blocks_of, derive, filled, givens, take_out
from guide.form.drafts import Draftbook
from guide.form.joint import JointForm, keep, shown_as, to_type, typed_in
from guide.form.members import counts_of
from guide.form.steps import Step, step_called, step_of, steps_of
from guide.notice.rows import Telling


def marks_in(kept: Mapping[str, str]) -> dict[str, str]:
    """What the visitor has ticked to be so, or to be the same."""
    return {name: value for name, value in kept.items() if name.endswith(MARKS)}


@dataclass(frozen=True)
class Sheet:
    """A form as it stands."""

    telling: Telling
    draft: Draftbook
    blocks: list[Block]
    values: dict[str, str]

    @classmethod
    def of(cls, telling: Telling, draft: Draftbook) -> "Sheet":
        blocks = blocks_of(telling, counts_of(telling.walk, draft))
        return cls(telling, draft, blocks, filled(telling, blocks, draft))

    @cached_property
    def boxes(self) -> dict[str, Box]:
        """Every box by its name."""
        return {box.name: box for box in all_boxes(self.blocks)}

    @cached_property
    def givens(self) -> dict[str, Given]:
        return givens(self.telling, self.blocks, self.values, self.draft)

    @cached_property
    def steps(self) -> list[Step]:
        return steps_of(self.blocks, self.draft.sensitive)

    def step(self, id: str) -> Step:
        """The page of that name, else the first."""
        return step_called(self.steps, id) or self.steps[0]

    @property
    def applicants(self) -> frozenset[str]:
        """The applicant, and whom the answers say that they are."""
        return frozenset({"applicant", self.telling.notice.same.get("applicant", "")} - {""})

    def question(self, box: str) -> str:
        """The question whose answer stands in a box; "" where none does."""
        question = self.boxes[box].need.question
        return question.id if question else ""

    def form(self, step: Step) -> JointForm:
        """The boxes of a page; nothing is wrong yet with what nobody has typed."""
        draft, held = self.draft, self.values | marks_in(self.draft.values)
        return JointForm(step.blocks, draft.sensitive, held if draft.values else None, initial=held)

    def contradictions(self, boxes: JointForm) -> dict[str, str]:
        """What was answered otherwise than it stands in a box, in words; and that what is wrong was answered."""
        answered = [
            name
            for name in boxes.errors
            if (given := self.givens.get(name)) and given[:2] == (boxes.value(name), "answer")
        ]
        wrong = dict.fromkeys(answered, _("这一栏照前面的回答写。是前面答错了，就改前面的回答。"))
        return wrong | {
            name: _("前面答的是“{answer}”，这里写的不一样。请核对；是前面答错了，就改前面的回答。").format(
                answer=shown_as(boxes.boxes[name], answer)
            )
            for name, answer in boxes.contradictions(self.givens).items()
        }

    # What is sent

    def typed(self, sent: Mapping[str, str]) -> dict[str, str]:
        """What was sent of boxes that may be filled in on the screen, with its marks."""
        return typed_in(sent, to_type(self.blocks, self.draft.sensitive))

    def take_in(self, sent: Mapping[str, str], id: str, action: str) -> Step | None:
        """Keeps what was sent of the page of that name, and says where one goes on: None where the form is done.

        Nothing that isn't sent changes. Without a name the page held the whole form, as it did before it had pages.
        """
        typed = self.typed(sent)
        follows = {name for name, text in typed.items() if self._is_given(name, text)}
        news = {name for name, text in typed.items() if text not in ("", self.values.get(name, ""))}
        boxes = self._checked(typed, follows)
        said = [name for name in boxes.contradictions(self.givens) if boxes.cleaned_data[name] != self.values[name]]
        keep(boxes, self.draft.values, follows, news)
        changed = self._change_count(action)
        now = Sheet.of(self.telling, self.draft).steps
        if changed:
            return step_of(now, [self.draft.box])
        return self._onward(now, id, action, typed, [*boxes.errors, *said])

    def _checked(self, typed: dict[str, str], follows: Container[str]) -> JointForm:
        """What was sent, checked with what stands in all other boxes; what `follows` from others does so anew."""
        kept = {name: value for name, value in marks_in(self.draft.values).items() if name[:-1] not in typed}
        anew = [name for name in typed if name in follows and self.givens[name].source != "answer"]
        data = self.values | kept | typed | dict.fromkeys(anew, "")
        derive(self.blocks, data, data)
        boxes = JointForm(self.blocks, self.draft.sensitive, data, only=typed)
        boxes.is_valid()
        return boxes

    def _onward(
        self, steps: list[Step], id: str, action: str, typed: Iterable[str], wrong: Iterable[str]
    ) -> Step | None:
        """Where one goes on after the page of that name: as asked, else where something is wrong, else on the next."""
        verb, _colon, where = action.partition(":")
        if verb == "to" and (step := step_called(steps, where)):
            return step
        here = step_called(steps, id)
        if wrong and verb != "ready":
            return step_of(steps, wrong)
        if self.draft.renewed:
            return here or step_of(steps, typed)
        return None if here in (None, steps[-1]) or verb == "ready" else steps[steps.index(here) + 1]

    def _is_given(self, box: str, text: str) -> bool:
        """Whether what was sent of a box is what it held by itself, and so is nothing that somebody typed."""
        given = self.givens.get(box)
        return given is not None and given.source != "row" and given.text == text

    def _change_count(self, action: str) -> bool:
        """One person more, or this one out (`fewer:board~2`), where the visitor asked for it and the form decides."""
        draft = self.draft
        draft.box = ""
        verb, _colon, who = action.partition(":")
        person, _tilde, turn = who.partition("~")
        group = [block for block in self.blocks if block.person == person]
        if verb == "more" and any(block.more for block in group):
            draft.counts[person] = here = len(group) + 1
        elif verb == "fewer" and (
            out := next((block for block in group if block.fewer and turn == str(block.turn)), None)
        ):
            take_out(self.blocks, out, draft.values)
            draft.counts[person] = len(group) - 1
            here = min(out.turn, len(group) - 1)
        else:
            return False
        now = to_type(blocks_of(self.telling, counts_of(self.telling.walk, draft)), draft.sensitive)
        draft.box = next((box.name for box in now if box.need.person == person and box.turn == here), "")
        return True
