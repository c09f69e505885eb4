"""Phrases that recur across sessions or stand in a list of scripts."""

from sdc.measures.delayed_echo import Place, recurring_phrases, script_matches


def found(phrases):
    return [(" ".join(p.words), [(place.session, place.utterance) for place in p.places]) for p in phrases]


def test_longest_string_that_recurs(sample):
    days = [
        sample("CHI: to infinity and beyond .", "CHI: red ball ."),
        sample("CHI: no .", "CHI: look to infinity and beyond .", "CHI: red ball ."),
        sample("CHI: to infinity and back ."),
    ]
    assert found(recurring_phrases(days)) == [
        ("to infinity and", [(0, 0), (1, 1), (2, 0)]),
        ("to infinity and beyond", [(0, 0), (1, 1)]),
    ]
    assert recurring_phrases(days)[0].n_sessions == 3
    assert found(recurring_phrases(days, minimum_words=2, minimum_sessions=2))[-1][0] == "red ball"


def test_several_times_on_one_day_is_no_recurrence(sample):
    assert recurring_phrases([sample("CHI: to infinity and beyond .", "CHI: to infinity and beyond .")]) == ()
    assert recurring_phrases([]) == ()


def test_an_immediate_echo_is_none(sample):
    echo = sample("MOT: time for bed now .", "CHI: time for bed .")
    assert recurring_phrases([echo, echo]) == ()
    assert found(recurring_phrases([echo, sample("CHI: time for bed ."), sample("CHI: time for bed .")])) == [
        ("time for bed", [(1, 0), (2, 0)])
    ]


def test_scripts(sample):
    days = [sample("CHI: so to infinity and beyond !"), sample("CHI: no .", "CHI: choo choo goes it .")]
    scripts = ["To infinity, and beyond!", "", "choo choo", "never said this"]
    assert found(script_matches(days, scripts)) == [("to infinity and beyond", [(0, 0)]), ("choo choo", [(1, 1)])]
    assert script_matches(days, ["choo choo"])[0].places == (Place(1, 1),)
