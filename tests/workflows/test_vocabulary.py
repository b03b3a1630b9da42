"""What people read for the values that rows hold."""

from workflows import case
from workflows.vocabulary import WORDS, Advice, View, words


def test_every_word_of_the_list_is_read_as_it_is_written_there() -> None:
    assert [words(value) for value, _ in WORDS] == [said for _, said in WORDS]


def test_two_lists_that_share_a_stored_value_do_not_share_its_words() -> None:
    assert View.DECLINED == Advice.DECLINED
    assert words(View.DECLINED) == "Asked, does not want to give a view"
    assert words(Advice.DECLINED) == "Offered and declined"
    assert words(case.Status.GIVEN) == "Given"
