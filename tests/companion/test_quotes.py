from sdc.companion.quotes import MAX_QUOTE_WORDS, hesitant_quote, longest_quote, n_words, spoken
from sdc.formats.chat.reader import read_chat
from sdc.progress import SessionPoint


def test_longest_counts_what_was_not_taken_back(point):
    """The repetition does not make an utterance longer; one that was not understood is not quoted."""
    quote = longest_quote(point("s", texts=("I see / I see it", "a big red train", "xxx and five more words here")))
    assert (quote.index, quote.words) == (1, "a big red train")


def test_hesitant(point):
    quote = hesitant_quote(point("s", texts=("um_ yes", "I want / I want um_ a train", "no")))
    assert (quote.index, quote.words) == (1, "I want I want um a train")
    assert hesitant_quote(point("s", texts=("a train",))) is None


def test_hesitant_counts_as_the_measure_does():
    """A fragment that is not retraced is a maze word of ``maze_words_pct``, so it is one here."""
    session = read_chat(
        "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tCHI Target_Child\n@ID:\teng|x|CHI|||||Target_Child|||\n"
        "*CHI:\t&-um yes .\n*CHI:\t&+tr &+tr train .\n@End\n",
        source="x.cha",
    )
    quote = hesitant_quote(SessionPoint.of("s", session, {}))
    assert (quote.index, quote.words) == (1, "tr tr train")


def test_nothing_to_quote(point):
    assert longest_quote(point("s", texts=())) is None
    assert longest_quote(point("s", texts=("yes", "xxx"))) is None
    assert longest_quote(point("s", texts=(" ".join(["so"] * (MAX_QUOTE_WORDS + 1)),))) is None


def test_counts(utterances):
    (said,) = utterances("I want / I want um_ a train")
    assert n_words(said) == 4


def test_a_quotation_holds_no_quotation_marks(utterances):
    (said,) = utterances("he “said” \x00ice_cream")
    assert spoken(said) == "he said ice cream"
