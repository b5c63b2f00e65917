"""The audit of dependencies fails where a hole is known, and says where nothing is."""

from tests.audit import verdict

SAFE = {"name": "django", "version": "5.2.19", "vulns": []}
UNKNOWN = {"name": "segno", "skip_reason": "not found"}
HOLED = {"name": "django", "version": "5.2.0", "vulns": [{"id": "CVE-0", "fix_versions": ["5.2.19"]}]}


def test_a_known_hole_fails_and_names_the_version_that_mends_it() -> None:
    status, lines = verdict([HOLED, SAFE])
    assert status == 1
    assert lines[0] == "audit: django 5.2.0: CVE-0, mended in 5.2.19"


def test_where_there_are_no_data_it_says_so() -> None:
    for told in (None, [], [UNKNOWN]):
        status, lines = verdict(told)
        assert status == 0
        assert "nothing was audited" in lines[0]
    assert verdict([SAFE, UNKNOWN])[1] == ["audit: no data on segno", "audit: 1 packages looked up"]
