"""Dates of excuses: one evaluator for waivers and inline suppressions."""

from __future__ import annotations

import pytest
from policy_world import EVAL, TODAY, comment, waiver

from ospec_guard.model import Level
from ospec_guard.policy.directives import read_directives
from ospec_guard.policy.excuses import inline_refusal, waiver_refusal
from ospec_guard.policy.expiry import Expiry, expiry, read_day
from ospec_guard.policy.names import rule_names
from ospec_guard.policy.waivers import WaiverState, expiring, missing_fields, waiver_state

DAYS = [
    pytest.param("2026-06-14", Expiry.EXPIRED, id="yesterday"),
    pytest.param("2026-06-15", Expiry.ACTIVE, id="today is still covered"),
    pytest.param("2026-06-16", Expiry.ACTIVE, id="tomorrow"),
    pytest.param("9999-12-31", Expiry.ACTIVE, id="far future"),
    pytest.param("0001-01-01", Expiry.EXPIRED, id="first day there is"),
    pytest.param("2026-13-01", Expiry.MALFORMED, id="no such month"),
    pytest.param("2027-02-29", Expiry.MALFORMED, id="no such day"),
    pytest.param("2028-02-29", Expiry.ACTIVE, id="leap day"),
    pytest.param("", Expiry.MALFORMED, id="nothing"),
    pytest.param("soon", Expiry.MALFORMED, id="a word"),
    pytest.param("20270101", Expiry.MALFORMED, id="without hyphens"),
    pytest.param("2027-W01-1", Expiry.MALFORMED, id="a week date"),
    pytest.param("2027-1-1", Expiry.MALFORMED, id="short numbers"),
    pytest.param("01/02/2027", Expiry.MALFORMED, id="slashes"),
    pytest.param("2027-01-01T00:00:00", Expiry.MALFORMED, id="with a time"),
    pytest.param(" 2027-01-01", Expiry.MALFORMED, id="space before"),
    pytest.param("2027-01-01\n", Expiry.MALFORMED, id="line end after"),
    pytest.param("２０２７-01-01", Expiry.MALFORMED, id="digits of another script"),
]


@pytest.mark.parametrize(("written", "expected"), DAYS)
def test_a_written_day_on_a_day(written, expected):
    assert expiry(written, TODAY) is expected


@pytest.mark.parametrize(("written", "expected"), DAYS)
@pytest.mark.parametrize("level", list(Level))
def test_e8_waivers_and_comments_expire_alike_at_every_level(written, expected, level):
    """kyverno#17473, glsec#424: one answer, whoever asks."""
    named = rule_names([EVAL.id])
    holds = expected is Expiry.ACTIVE
    dated = waiver(expires=written or "never")
    assert (waiver_refusal(dated, level, TODAY, suppressible=True) == "") is holds
    if level is not Level.BLOCK and written == written.strip():  # white space cannot stand in a comment's date
        (directive,) = read_directives([comment(f"# ospec-guard: ignore[eval] until={written} trusted")], named).directives
        assert (inline_refusal(directive, level, TODAY, suppressible=True) == "") is holds


def test_a_day_is_read_or_not():
    assert read_day("2026-06-15") == TODAY
    assert read_day("2026-06-31") is None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({}, WaiverState.ACTIVE, id="complete"),
        pytest.param({"reason": ""}, WaiverState.INCOMPLETE, id="no reason"),
        pytest.param({"reason": "  "}, WaiverState.INCOMPLETE, id="a blank reason"),
        pytest.param({"approved_by": ""}, WaiverState.INCOMPLETE, id="nobody approved"),
        pytest.param({"expires": ""}, WaiverState.INCOMPLETE, id="no end"),
        pytest.param({"expires": "2026-06-14"}, WaiverState.EXPIRED, id="yesterday"),
        pytest.param({"expires": "2026-06-15"}, WaiverState.ACTIVE, id="today"),
        pytest.param({"expires": "2026-06-16"}, WaiverState.ACTIVE, id="tomorrow"),
        pytest.param({"expires": "2026-13-01"}, WaiverState.MALFORMED, id="no such month"),
        pytest.param({"expires": "end of year"}, WaiverState.MALFORMED, id="words"),
        pytest.param({"expires": "9999-12-31"}, WaiverState.ACTIVE, id="far future"),
        pytest.param({"expires": "2026-06-14", "reason": ""}, WaiverState.EXPIRED, id="expired counts more than incomplete"),
    ],
)
def test_the_state_of_a_waiver(fields, expected):
    assert waiver_state(waiver(**fields), TODAY) is expected


def test_missing_fields_are_all_named():
    assert missing_fields(waiver(reason="", approved_by="", expires="")) == ("reason", "approved_by", "expires")
    assert missing_fields(waiver()) == ()


@pytest.mark.parametrize(
    ("expires", "message"),
    [
        pytest.param("2026-06-15", "the waiver for py-core/eval expires today", id="today"),
        pytest.param("2026-06-16", "the waiver for py-core/eval expires tomorrow", id="tomorrow"),
        pytest.param("2026-06-22", "the waiver for py-core/eval expires in 7 days, on 2026-06-22", id="in a week"),
        pytest.param("2026-06-23", None, id="later"),
        pytest.param("2026-06-14", None, id="over already"),
        pytest.param("soon", None, id="no date"),
        pytest.param("", None, id="no end"),
    ],
)
def test_the_end_is_announced_a_week_before(expires, message):
    notices = expiring([waiver(expires=expires)], TODAY)
    assert [n.message for n in notices] == ([message] if message else [])
    assert all(n.id == "notice/waiver-expires" and n.place == waiver().place for n in notices)
