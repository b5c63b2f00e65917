"""Questions that several bundles share: one wording, picked by a line in the bundle."""

from pathlib import Path

from tests.bundles.loading.test_faults import faults_of
from tests.bundles.support import bundle, given

QUESTIONS = """
    weather:
      ask: 天气怎么样？
      hint: 看窗外。
      choices: [{id: dry, label: 晴}, {id: wet, label: 雨}, {id: white, label: 雪}]
"""
ITEMS = "items: [{id: tea, when: {weather: wet}}, {id: coat, when: {weather: white}}]"


def test_a_plain_name_asks_the_shared_question() -> None:
    rules = bundle(f"questions: [weather]\n{ITEMS}", questions=QUESTIONS)
    given(rules).asks("weather", "dry", "wet", "white")
    assert rules.question("weather").ask == "天气怎么样？"
    assert rules.question("weather").shared


def test_a_line_picks_choices_and_adds_its_own_conditions() -> None:
    rules = bundle(
        f"""
questions:
  - {{id: up, ask: ？, type: yesno}}
  - {{id: weather, hint: 山上, choices: [wet, dry, {{id: white, when: {{up: yes}}}}]}}
{ITEMS}
""",
        questions=QUESTIONS,
    )
    given(rules, up="yes").asks("weather", "wet", "dry", "white")
    given(rules, up="no").asks("weather", "wet", "dry")
    assert rules.question("weather").hint == "山上"


def test_neither_the_question_nor_a_choice_may_be_worded_otherwise(tmp_path: Path) -> None:
    text = """
        id: small
        title: 小
        questions:
          - id: weather
            ask: 下雨吗？
            choices: [{id: dry, label: 好天}, wet, {id: hail, when: {weather: wet}}]
        items: [{id: tea, when: {weather: wet}}]
    """
    faults = faults_of(text, tmp_path, questions=QUESTIONS)
    assert [(fault.code, fault.place.line) for fault in faults] == [("L17", 6), ("L13", 7), ("L17", 7)]


def test_a_bundle_of_its_own_file_may_carry_the_shared_question() -> None:
    rules = bundle("""
        dictionary: {questions: {weather: {ask: ？, type: yesno}}}
        questions: [weather]
        items: [{id: tea, when: {weather: yes}}]
    """)
    given(rules, weather="yes").applies("tea")
