"""The review desk: who may enter, what a word of theirs does, and that two reviewers never lose anything."""

from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.test import Client

from guide.models import Verdict
from guide.translations import verdicts
from guide.translations.pofiles import Entry, path_of, read_entries, write_entries
from guide.translations.reviews import digest
from guide.translations.verdicts import Overtaken, give_verdict, state_of, states
from tests.factories import VerdictFactory
from tests.guide.cast import page_of

pytestmark = pytest.mark.django_db
PASSWORD = "a long password"
GOOD = "ཡ་ལན།"


@pytest.fixture(autouse=True)
def own_locale(tmp_path: Path, settings: Any) -> Path:
    """A PO file of three messages, so that publishing writes nowhere else."""
    folder = tmp_path / "bo" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    entries = [
        Entry("catalogue", "宝宝是在哪里出生的？", "བྱིས་པ་གང་དུ་སྐྱེས།", bundles=["newborn"]),
        Entry("catalogue", "最多 {number} 天", "མང་མཐའ་ཉིན་{number}", bundles=["newborn", "veteran"]),
        Entry("", "继续", "མུ་མཐུད།", files=["templates/asking/ask.html"]),
    ]
    (folder / "django.po").write_bytes(write_entries(entries, "bo"))
    settings.LOCALE_PATHS = [tmp_path]
    return tmp_path


def member(username: str, *codes: str) -> User:
    user = User.objects.create_user(username, password=PASSWORD, first_name=f"{username} 老师")
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="guide", codename__in=codes))
    return user


@pytest.fixture
def reviewer(client: Client) -> User:
    user = member("reviewer", "translate", "review")
    client.force_login(user)
    return user


def message(number: int = 0) -> Entry:
    return list(read_entries(path_of("bo")).values())[number]


def address(entry: Entry, query: str = "") -> str:
    return f"/desk/bo/{entry.id}{query}"


def says(client: Client, entry: Entry, action: str, translation: str = GOOD, seen: int = 0) -> Any:
    return client.post(address(entry), {"action": action, "translation": translation, "seen": seen})


PAGES = ("/desk/bo/", "/desk/bo/export.po", "/desk/bo/recordings", "/desk/bo/0123456789ab")


@pytest.mark.parametrize("page", ["/desk/", *PAGES])
def test_nobody_enters_without_logging_in(client: Client, page: str) -> None:
    response = client.get(page)
    assert response.status_code == 302
    assert "/staff/login" in response.headers["Location"]


@pytest.mark.parametrize("page", PAGES)
def test_nobody_enters_without_the_role(client: Client, page: str) -> None:
    client.force_login(member("clerk"))
    assert client.get(page).status_code == 403
    assert client.post("/desk/bo/import").status_code == 403


def test_one_logs_in_and_out(client: Client) -> None:
    member("reviewer", "translate")
    wrong = client.post("/staff/login", {"username": "reviewer", "password": "wrong"})
    assert "没有登录成功" in page_of(wrong).text
    right = client.post("/staff/login", {"username": "reviewer", "password": PASSWORD})
    assert right.headers["Location"] == "/staff/"
    assert client.get("/desk/").status_code == 200
    client.post("/staff/logout")
    assert client.get("/desk/").status_code == 302


def test_after_five_wrong_passwords_the_right_one_has_to_wait(client: Client) -> None:
    member("reviewer", "translate")
    for _turn in range(5):
        client.post("/staff/login", {"username": "reviewer", "password": "wrong"})
    response = client.post("/staff/login", {"username": "reviewer", "password": PASSWORD})
    assert response.status_code == 429
    assert "先歇一小时" in page_of(response).text


def test_the_list_can_be_sieved(client: Client, reviewer: User) -> None:
    assert "找到 3 条，其中审核过 0 条" in page_of(client.get("/desk/bo/")).text
    assert "找到 1 条" in page_of(client.get("/desk/bo/?bundle=veteran")).text
    assert "找到 1 条" in page_of(client.get("/desk/bo/?bundle=-")).text
    assert "找到 1 条" in page_of(client.get("/desk/bo/?find=མུ་མཐུད")).text
    assert "找到 0 条" in page_of(client.get("/desk/bo/?status=reviewed&page=99")).text


def test_a_message_shows_all_that_helps_to_judge_it(client: Client, reviewer: User) -> None:
    page = page_of(client.get(address(message())))
    assert "宝宝是在哪里出生的？" in page.text
    assert any(link.startswith("/bo/newborn/ask?") for link in page.links)
    assert "没有" in page.text  # no recording yet


def test_tibetan_is_set_well_at_the_desk_and_costs_other_pages_nothing(client: Client, reviewer: User) -> None:
    for page, style in (
        ("/", False),
        ("/desk/bo/", True),
        ("/desk/", False),
        (address(message()), True),
        ("/c/", False),
    ):
        assert ("languages/bo.css" in client.get(page).content.decode()) is style, page


def test_approving_records_who_and_when_and_goes_on(client: Client, reviewer: User) -> None:
    first, second = message(0), message(1)
    response = says(client, first, "approve")
    assert response.headers["Location"].startswith(address(second))
    state = state_of("bo", first.id)
    assert state is not None
    assert state.reviewed
    assert state.entry.review is not None
    assert state.entry.review.name == "reviewer 老师"


def test_a_translator_corrects_but_does_not_approve(client: Client) -> None:
    client.force_login(member("translator", "translate"))
    refused = says(client, message(), "approve")
    assert refused.status_code == 403
    assert GOOD in refused.content.decode()
    says(client, message(), "save")
    state = state_of("bo", message().id)
    assert state is not None
    assert (state.entry.translation, state.reviewed) == (GOOD, False)


def test_what_would_break_a_page_is_not_kept_and_not_lost(client: Client, reviewer: User) -> None:
    response = says(client, message(1), "approve", "མང་མཐའ་ཉིན་{numbr}")
    assert response.status_code == 400
    assert "{number}" in page_of(response).text
    assert "{numbr}" in response.content.decode()
    assert not Verdict.objects.exists()


def test_undoing_brings_back_what_stood_before(client: Client, reviewer: User) -> None:
    entry = message()
    says(client, entry, "save", "དང་པོ།")
    says(client, entry, "approve", "གཉིས་པ།", seen=1)
    says(client, entry, "undo", seen=2)
    state = state_of("bo", entry.id)
    assert state is not None
    assert (state.entry.translation, state.reviewed) == ("དང་པོ།", False)
    says(client, entry, "undo", seen=2)
    state = state_of("bo", entry.id)
    assert state is not None
    assert (state.entry.translation, state.can_undo) == (entry.translation, False)
    assert Verdict.objects.count() == 2


@pytest.mark.parametrize("seen", ["0", "7", "", "nonsense"])
def test_of_two_reviewers_the_second_is_told(client: Client, reviewer: User, seen: str) -> None:
    VerdictFactory.create(message=message().id, text=message().text, translation="དང་པོ།")
    response = client.post(address(message()), {"action": "approve", "translation": "གཉིས་པ།", "seen": seen})
    assert response.status_code == 409
    assert "དང་པོ།" in page_of(response).text
    assert "གཉིས་པ།" in response.content.decode()
    assert 'name="seen" value="1"' in response.content.decode()


def test_at_the_very_same_moment_one_word_counts_and_the_other_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have looked before either wrote: then the database itself lets only one in."""
    user, entry = member("both", "translate"), message()
    monkeypatch.setattr(verdicts, "_must_be_last", lambda *_args: None)
    give_verdict("bo", entry, 0, user, "དང་པོ།", None)
    with pytest.raises(Overtaken):
        give_verdict("bo", entry, 0, user, "གཉིས་པ།", None)
    assert Verdict.objects.get().translation == "དང་པོ།"


def exported(client: Client) -> str:
    return client.get("/desk/bo/export.po").content.decode()


def brings(client: Client, content: str) -> Any:
    file = BytesIO(content.encode())
    file.name = "bo.po"
    return client.post("/desk/bo/import", {"file": file})


def test_an_exported_file_comes_back_corrected(client: Client, reviewer: User) -> None:
    file = exported(client).replace("མུ་མཐུད།", "འཕྲོ་མཐུད།")
    assert "收下 1 条；2 条和现在一样" in page_of(brings(client, file)).text
    assert [state.entry.translation for state in states("bo")][2] == "འཕྲོ་མཐུད།"


def test_what_another_changed_meanwhile_is_not_covered(client: Client, reviewer: User) -> None:
    file = exported(client).replace("མུ་མཐུད།", "འཕྲོ་མཐུད།")
    says(client, message(2), "approve", "རྗེས་མ།")
    page = page_of(brings(client, file))
    assert "别人在这期间改过" in page.text
    assert "རྗེས་མ།" in page.text
    assert "འཕྲོ་མཐུད།" in page.text
    assert [state.entry.translation for state in states("bo")][2] == "རྗེས་མ།"


def test_an_import_tells_what_it_did_not_take(client: Client, reviewer: User) -> None:
    file = write_entries([Entry("", "没有这句", "མེད།"), Entry("catalogue", "最多 {number} 天", "ཉིན།")], "bo").decode()
    page = page_of(brings(client, file))
    assert "收下 0 条" in page.text
    assert "没有这句" in page.text
    assert "有毛病，没有收" in page.text


@pytest.mark.parametrize("content", ["", "not a PO file at all", "\0\0\0"])
def test_a_file_that_is_none_changes_nothing(client: Client, reviewer: User, content: str) -> None:
    response = brings(client, content)
    assert response.status_code in (200, 400)
    assert not Verdict.objects.exists()


def test_publishing_writes_the_file_and_who_found_it_right(client: Client, reviewer: User) -> None:
    says(client, message(), "approve")
    call_command("publishtranslations", "bo", stdout=StringIO())
    entry = message()
    assert entry.translation == GOOD
    assert entry.review is not None
    assert entry.review.name == "reviewer 老师"
    state = state_of("bo", entry.id)
    assert state is not None
    assert state.reviewed
    assert not state.can_undo
    assert says(client, entry, "save", "དང་པོ།", seen=1).status_code == 302


@pytest.mark.parametrize("page", ["/desk/xx/", "/desk/zh-hans/", "/desk/bo/0123456789ab"])
def test_what_is_not_there_is_said_in_words(client: Client, reviewer: User, page: str) -> None:
    assert client.get(page).status_code == 404


def test_a_recording_is_found_by_its_message(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.RECORDINGS_DIR = tmp_path
    id = digest("catalogue", "宝宝是在哪里出生的？")
    assert client.get(f"/sound/bo/{id}").status_code == 404
    (tmp_path / "bo" / f"{id}.mp3").write_bytes(b"ID3")
    response = client.get(f"/sound/bo/{id}")
    assert response["Content-Type"] == "audio/mpeg"
    assert response.getvalue() == b"ID3"
