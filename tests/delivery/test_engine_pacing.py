"""When letters leave: never too many, never at night, nobody behind somebody else's busy office."""

import uuid
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from delivery.engine.capitols import ZONES, zone_of
from delivery.engine.lanes import STEP_SECONDS, STEPS_AN_HOUR, Lane, step_of
from delivery.engine.office_hours import ALWAYS, Hours, OpenSpans
from delivery.engine.pacing import USUAL, RuleBook, Rules, Timetable, WaitingLetter, limits, shares

NEW_YORK = ZoneInfo("America/New_York")
#: A Wednesday, ten in the morning in New York.
NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC).timestamp()


def _letter(number: int = 0, **changes) -> WaitingLetter:
    values = {
        "id": uuid.UUID(int=number),
        "created_at": NOW,
        "campaign_key": None,
        "recipient_key": "official:1",
        "recipient_domain": "house.example",
        "jurisdiction": "ma",
        **changes,
    }
    return WaitingLetter(**values)


def _table(site: Rules = USUAL, *, now: float = NOW, campaigns=None, offices=None) -> Timetable:
    book = RuleBook(site.over(USUAL), campaigns or {}, offices or {})
    return Timetable(now=now, not_before=now, book=book, default_zone="America/New_York")


def _local(moment: float, zone: ZoneInfo = NEW_YORK) -> datetime:
    return datetime.fromtimestamp(moment, zone)


def _most_in(times: list[float], seconds: float) -> int:
    """The most letters in any span of that length, wherever it begins."""
    ordered = sorted(times)
    most, first = 0, 0
    for last, moment in enumerate(ordered):
        while ordered[first] <= moment - seconds:
            first += 1
        most = max(most, last - first + 1)
    return most


# --- Lanes ----------------------------------------------------------------------------------------


@given(st.integers(1, 5000), st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_no_hour_that_begins_with_a_step_holds_more_than_the_limit(per_hour, wanted):
    lane = Lane(per_hour)
    for step in wanted:
        lane.take(lane.first_free(step))
    for start in range(-STEPS_AN_HOUR, max(lane.taken) + 1):
        assert sum(lane.taken.get(start + step, 0) for step in range(STEPS_AN_HOUR)) <= per_hour
    assert max(lane.taken.values()) <= -(-per_hour // STEPS_AN_HOUR)


@given(st.integers(1, 60), st.lists(st.integers(0, 60), min_size=1, max_size=40), st.integers(0, 100))
def test_what_a_lane_gives_is_the_first_free_step_and_only_moves_on(per_hour, wanted, asked):
    lane = Lane(per_hour)
    before = lane.first_free(asked)
    for step in wanted:
        # A lane that remembers nothing says the same.
        assert lane.first_free(step) == Lane(per_hour, lane.taken).first_free(step) >= step
        lane.take(lane.first_free(step))
    assert lane.first_free(asked) >= before


@pytest.mark.parametrize(("per_hour", "minutes"), [(1, 60), (2, 30), (3, 20), (4, 15), (6, 10), (12, 5)])
def test_a_low_limit_keeps_letters_apart(per_hour, minutes):
    lane = Lane(per_hour)
    steps = []
    for _number in range(3 * per_hour):
        steps.append(lane.first_free(0))
        lane.take(steps[-1])
    apart = [following - step for step, following in zip(steps, steps[1:], strict=False)]
    assert set(apart) == {minutes * 60 // STEP_SECONDS}


@pytest.mark.parametrize("per_hour", [5, 13, 20, 100, 3000])
def test_a_busy_lane_uses_its_whole_limit_evenly(per_hour):
    lane = Lane(per_hour)
    for _number in range(6 * per_hour):
        lane.take(lane.first_free(0))
    assert max(lane.taken) < 6 * STEPS_AN_HOUR
    quarters = Counter(step // 3 for step, count in lane.taken.items() for _one in range(count))
    assert max(quarters.values()) <= -(-per_hour // 4)


def test_what_is_known_of_a_lane_shortens_the_search_and_changes_nothing():
    lane = Lane(1, {100: 1})
    lane.skip(100, to=lane.first_free(100))
    assert lane.first_free(100) == 112


# --- Hours ----------------------------------------------------------------------------------------

_HOURS = st.tuples(
    st.integers(0, 24 * 60 - 2), st.integers(1, 24 * 60 - 1), st.booleans(), st.sampled_from(sorted(ZONES))
).filter(lambda drawn: drawn[0] < drawn[1])


def _hours(drawn) -> tuple[Hours, ZoneInfo]:
    opens, closes, is_weekdays_only, state = drawn
    hours = Hours(time(*divmod(opens, 60)), time(*divmod(closes, 60)), is_weekdays_only)
    return hours, zone_of(state, "UTC")


@given(_HOURS, st.integers(0, 400 * 24 * 3600))
def test_every_office_opens_again_and_only_when_it_should(drawn, later):
    hours, zone = _hours(drawn)
    moment = NOW + later
    opens, closes = OpenSpans(hours, zone, NOW).at(moment)
    assert opens < closes > moment
    if hours.is_always:
        return
    assert max(opens, moment) - moment <= 4 * 24 * 3600
    for inside in (opens, (opens + closes) / 2):
        local = _local(inside, zone)
        if len({(local + timedelta(days=days)).utcoffset() for days in (-1, 0, 1)}) > 1:
            # The days around a change of the clock have tests of their own.
            continue
        assert not hours.is_weekdays_only or local.weekday() < 5
        assert local.time() >= hours.opens_at
        assert hours.closes_at >= time(23, 59) or local.time() < hours.closes_at


@pytest.mark.parametrize(
    ("day", "length"), [(date(2026, 3, 7), 8), (date(2026, 3, 8), 7), (date(2026, 10, 31), 8), (date(2026, 11, 1), 9)]
)
def test_a_night_in_which_the_clock_changes_is_an_hour_shorter_or_longer(day, length):
    spans = OpenSpans(Hours(time(0), time(8), is_weekdays_only=False), NEW_YORK, NOW)
    midnight = datetime.combine(day, time(0), NEW_YORK).timestamp()
    opens, closes = spans.at(midnight)
    assert (opens, closes - opens) == (midnight, length * 3600)


@pytest.mark.parametrize("day", [date(2026, 3, 9), date(2026, 11, 2), date(2026, 7, 1)])
def test_an_office_opens_at_its_own_eight_o_clock_whatever_the_season(day):
    for state in ZONES:
        zone = zone_of(state, "UTC")
        night = datetime.combine(day, time(3), zone).timestamp()
        opens, closes = OpenSpans(Hours(time(8), time(18), is_weekdays_only=True), zone, NOW).at(night)
        assert (_local(opens, zone).time(), _local(closes, zone).time()) == (time(8), time(18))


def test_an_opening_that_the_clock_jumps_over_is_left_out_or_comes_an_hour_later():
    spring = datetime(2026, 3, 8, 0, 0, tzinfo=NEW_YORK).timestamp()
    late = OpenSpans(Hours(time(2, 30), time(5), is_weekdays_only=False), NEW_YORK, NOW).at(spring)
    assert _local(late[0]).time() == time(3, 30)
    gone = OpenSpans(Hours(time(2, 30), time(3, 10), is_weekdays_only=False), NEW_YORK, NOW).at(spring)
    assert _local(gone[0]) == datetime(2026, 3, 9, 2, 30, tzinfo=NEW_YORK)


def test_an_office_that_closes_before_it_opens_is_refused():
    with pytest.raises(ValueError, match="closes after it opens"):
        Hours(time(18), time(8), is_weekdays_only=True)


def test_each_of_the_states_and_territories_has_a_zone_and_an_unknown_one_the_default():
    assert len(ZONES) == 50 + 1 + 5 + 1
    assert {str(zone_of(state, "UTC")) for state in ("ax", "", "zz")} == {"UTC"}
    offsets = {
        state: _local(NOW, zone_of(state, "UTC")).utcoffset() / timedelta(hours=1)
        for state in ("ma", "us", "tx", "sd", "ky", "co", "az", "id", "ca", "ak", "hi", "gu", "as", "pr")
    }
    assert list(offsets.values()) == [-5, -5, -6, -6, -5, -7, -7, -7, -8, -9, -10, 10, -11, -4]


# --- Placing --------------------------------------------------------------------------------------

_RULES = st.builds(
    Rules,
    official_per_hour=st.integers(1, 40),
    domain_per_hour=st.integers(1, 200),
    total_per_hour=st.integers(1, 400),
    opens_at=st.sampled_from([None, time(0), time(7, 58), time(11)]),
    closes_at=st.sampled_from([None, time(11, 4), time(23, 59)]),
    is_weekdays_only=st.booleans(),
    spread_hours=st.sampled_from([0, 5, 336]),
)


@settings(max_examples=60, deadline=None)
@given(_RULES, st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1), st.integers(0, 3600)), max_size=60))
def test_whatever_the_rules_every_letter_gets_a_time_within_hours_and_limits(rules, drawn):
    table = _table(rules)
    hours = table.book.hours(None)
    spans = OpenSpans(hours, NEW_YORK, NOW)
    by_lane: dict[str, list[float]] = {}
    for number, (official, domain, age) in enumerate(sorted(drawn, key=lambda one: -one[2])):
        letter = _letter(
            number, recipient_key=f"official:{official}", recipient_domain=f"{domain}.example", created_at=NOW - age
        )
        at = table.place(letter)
        opens, closes = spans.at(at)
        assert opens <= at < closes
        assert at >= NOW
        for key, _limit in limits(letter, table.book):
            by_lane.setdefault(key, []).append(at)
    for key, times in by_lane.items():
        per_hour = table.lanes[key].per_hour
        aligned = Counter(step_of(at) for at in times)
        for start in aligned:
            assert sum(aligned.get(start + step, 0) for step in range(STEPS_AN_HOUR)) <= per_hour
        assert _most_in(times, 3600) <= per_hour + -(-per_hour // STEPS_AN_HOUR)


def test_one_office_gets_its_letters_in_the_order_in_which_they_were_written():
    table = _table(Rules(official_per_hour=40, spread_hours=0))
    times = [table.place(_letter(number)) for number in range(300)]
    assert times == sorted(times)
    assert len(set(times)) == 300


def test_a_letter_to_a_busy_office_delays_no_other_office_of_the_same_domain():
    table = _table()
    busy = [table.place(_letter(number, recipient_key="official:busy")) for number in range(400)]
    other = table.place(_letter(1000, recipient_key="official:quiet"))
    assert max(busy) - NOW > 24 * 3600
    assert other - NOW < 2 * STEP_SECONDS


def test_many_officials_with_one_domain_keep_its_limit():
    table = _table()
    times = [table.place(_letter(number, recipient_key=f"official:{number % 158}")) for number in range(2000)]
    assert _most_in(times, 3600) <= 109
    # Twenty open hours at a hundred each: no less is used than may be.
    assert _local(max(times)).date() == date(2026, 3, 6)


def test_an_office_may_have_a_lower_limit_of_its_own_but_no_higher_one():
    letter = _letter()
    assert dict(limits(letter, RuleBook(offices={"official:1": 2})))["official:official:1"] == 2
    assert dict(limits(letter, RuleBook(offices={"official:1": 200})))["official:official:1"] == 20


def test_a_campaign_may_be_slower_than_the_site_and_not_faster():
    key = uuid.UUID(int=7)
    table = _table(campaigns={key: Rules(total_per_hour=4, official_per_hour=1000)})
    times = [table.place(_letter(number, campaign_key=key, recipient_key=f"official:{number}")) for number in range(12)]
    assert _most_in(times, 3600 - STEP_SECONDS) <= 4
    assert min(times) + 2 * 3600 < max(times)
    table = _table(campaigns={key: Rules(official_per_hour=1000)})
    assert _most_in([table.place(_letter(number, campaign_key=key)) for number in range(60)], 3600) <= 22


def test_a_campaign_has_hours_of_its_own_while_they_fit_those_of_the_site():
    key = uuid.UUID(int=7)
    letter = _letter(campaign_key=key, created_at=NOW)
    evening = _table(campaigns={key: Rules(opens_at=time(17))})
    assert 17 <= _local(evening.place(letter)).hour < 18
    # The site's hours were made shorter after the campaign's had been set: those of the site count.
    late = _table(Rules(closes_at=time(16)), campaigns={key: Rules(opens_at=time(17))})
    assert late.place(letter) - NOW < STEP_SECONDS


def test_a_letter_to_congress_by_its_own_system_leaves_at_any_hour_and_takes_nothing_from_a_domain():
    saturday = datetime(2026, 3, 7, 3, 0, tzinfo=UTC).timestamp()
    table = _table(now=saturday)
    by_mail = table.place(_letter(1, jurisdiction="us"))
    by_cwc = table.place(_letter(2, jurisdiction="us", is_by_mail=False))
    assert _local(by_mail).weekday() == 0
    assert by_cwc - saturday < STEP_SECONDS
    assert table.lanes["domain:house.example"].taken == {step_of(by_mail): 1}


def test_a_campaign_is_spread_over_open_hours_and_a_new_plan_does_not_move_its_letters():
    key = uuid.UUID(int=7)
    campaigns = {key: Rules(spread_hours=20)}
    letters = [_letter(number, campaign_key=key, recipient_key=f"official:{number}") for number in range(300)]
    site = Rules(domain_per_hour=1000)
    table, again = _table(site, campaigns=campaigns), _table(site, now=NOW + 3600, campaigns=campaigns)
    times = [table.place(letter) for letter in letters]
    days = Counter(_local(at).date() for at in times)
    # Eight open hours are left of Wednesday, ten follow on Thursday, two on Friday.
    assert [round(days[date(2026, 3, day)] / 300, 1) for day in (4, 5, 6)] == [0.4, 0.5, 0.1]
    moved = [abs(again.place(letter) - at) for letter, at in zip(letters, times, strict=True) if at > NOW + 7200]
    assert max(moved) < STEP_SECONDS


def test_without_limits_and_at_any_hour_a_letter_leaves_at_once():
    free = Rules(1_000_000, 1_000_000, 1_000_000, time(0), time(23, 59), is_weekdays_only=False)
    table = _table(free)
    assert [table.place(_letter(number)) for number in range(3)] == [NOW] * 3
    assert table.lanes == {}
    assert table.book.hours(None) == ALWAYS


def test_a_lane_s_key_fits_its_column_and_stays_different():
    key = uuid.UUID(int=7)
    book = RuleBook(campaigns={key: Rules(domain_per_hour=5)})
    long = [_letter(campaign_key=key, recipient_domain="a" * 250 + end) for end in ("x", "y")]
    keys = [{name for name, _limit in limits(letter, book) if "domain:" in name} for letter in long]
    assert all(len(name) <= 255 for name in keys[0] | keys[1])
    assert len(keys[0] | keys[1]) == 4


@given(st.uuids())
def test_shares_lie_between_nothing_and_one(identity):
    assert all(0 <= share < 1 for share in shares(identity))
    assert shares(identity) == shares(identity)
