"""The ledger knows what belongs to the run, also when replies are lost."""

from __future__ import annotations

from conformance.engine.ledger import Entry, Ledger

FIRST = Entry("process", "A-1", "main")


def test_an_intention_counts_until_its_reply() -> None:
    ledger = Ledger()
    ledger.intend(FIRST)
    assert ledger.entries == (FIRST,)
    ledger.settle(FIRST, None)
    assert ledger.entries == ()


def test_a_refused_replay_leaves_what_the_first_create_made() -> None:
    ledger = Ledger()
    ledger.intend(FIRST)
    ledger.settle(FIRST, FIRST)
    ledger.intend(FIRST)
    ledger.settle(FIRST, None)
    assert ledger.entries == (FIRST,)


def test_a_lost_reply_leaves_the_intention() -> None:
    ledger = Ledger()
    ledger.intend(FIRST)
    ledger.intend(FIRST)
    ledger.settle(FIRST, None)
    assert ledger.entries == (FIRST,)


def test_the_servers_own_id_takes_the_place_of_the_key() -> None:
    ledger = Ledger()
    key, made = Entry("worker", "host-1", "main"), Entry("worker", "77", "main")
    ledger.intend(key)
    ledger.settle(key, made)
    assert ledger.entries == (made,)
    assert ledger.holds("77")


def test_what_is_not_in_it_belongs_to_others() -> None:
    ledger = Ledger()
    ledger.intend(Entry("process", "", "main"))
    assert not ledger.holds("somebody-elses")
    assert not ledger.holds("")
    ledger.claim("made-up")
    assert ledger.holds("MADE-UP")


def test_what_ended_is_no_more_to_be_undone_whoever_made_it() -> None:
    ledger = Ledger()
    other = Entry("process", "a-1", "other")
    for entry in (FIRST, other, Entry("worker", "A-1", "main"), Entry("process", "A-2", "main")):
        ledger.settle(None, entry)
    ledger.end("process", "a-1")
    assert ledger.ended == (FIRST, other)
    assert ledger.entries == (Entry("worker", "A-1", "main"), Entry("process", "A-2", "main"))
    assert ledger.holds("a-1")


def test_what_is_made_again_after_its_end_is_alive() -> None:
    ledger = Ledger()
    ledger.settle(None, FIRST)
    ledger.end("process", "A-1")
    ledger.settle(None, FIRST)
    assert (ledger.entries, ledger.ended) == ((FIRST,), ())


def test_what_may_exist_does_not_end_with_what_was_made() -> None:
    ledger = Ledger()
    ledger.intend(FIRST)
    ledger.end("process", "A-1")
    assert (ledger.entries, ledger.ended) == ((FIRST,), ())


def test_what_a_replay_shows_is_what_the_create_before_it_made_whose_reply_was_lost() -> None:
    ledger = Ledger()
    key, made = Entry("note", "", "main", "key-1"), Entry("note", "77", "main")
    ledger.intend(key)
    assert ledger.entries == (key,)
    ledger.intend(key)
    ledger.settle(key, made)
    assert ledger.entries == (made,)


def test_each_lost_create_without_a_key_counts() -> None:
    ledger = Ledger()
    for entry in (Entry("note", "", "main"), Entry("note", "", "main", "key-1"), FIRST):
        ledger.intend(entry)
        ledger.intend(entry)
    assert list(map(str, ledger.entries)) == [
        "note of unknown id",
        "note of unknown id",
        "note of unknown id, created with the key key-1",
        "process A-1",
    ]


def test_what_ended_is_not_there_a_second_time_because_a_reply_to_its_create_was_lost() -> None:
    ledger = Ledger()
    ledger.intend(FIRST)
    ledger.intend(FIRST)
    ledger.settle(FIRST, FIRST)
    ledger.end("process", "A-1")
    assert (ledger.entries, ledger.ended) == ((), (FIRST,))
