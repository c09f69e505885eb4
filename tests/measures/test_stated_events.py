"""What the transcript states that somebody did with the voice."""

import pytest

from sdc.companion import lint_wording
from sdc.measures.stated_events import EVENTS, stated_events
from sdc.session import TimeSpan

LINES = (
    "CHI: &=laughs the dog [=! laughing] . 1000_2500",
    "CHI: 0 [=! cries] .",
    "CHI: &=giggles &=cries:loud &=screams &=coughs &=imit:plane &=squeals . 3000_4000",
    "MOT: &=laughs .",
    "CHI: I laughed and cry .",
)


def test_listed_with_speaker_and_time(chat):
    found = stated_events(chat(*LINES))
    assert [(e.utterance, e.speaker, e.name, e.text) for e in found] == [
        (0, "CHI", "laughs", "laughs"),
        (0, "CHI", "laughs", "laughing"),
        (1, "CHI", "cries", "cries"),
        (2, "CHI", "laughs", "giggles"),
        (2, "CHI", "cries", "cries:loud"),
        (2, "CHI", "shouts", "screams"),
        (2, "CHI", "squeals", "squeals"),
        (3, "MOT", "laughs", "laughs"),
    ]
    assert found[0].span == TimeSpan(1000, 2500)
    assert found[2].span is None
    assert found[-2].span == TimeSpan(3000, 4000)


def test_none_stated(chat):
    assert stated_events(chat("CHI: the dog .", "CHI: &=points:dog .")) == ()


@pytest.mark.parametrize("name", EVENTS)
def test_no_name_is_a_feeling(name):
    assert lint_wording(name) == []


def test_they_do_not_move_the_energy_of_voice(measured, heard):
    sound = heard(30, f0=lambda t: 300 if t < 26 else 600, level=lambda t: -30 if t < 26 else -15, speech=[(0, 30000)])

    def arousal(event):
        lines = [f"CHI: {event} a dog . {2000 * i}_{2000 * i + 2000}" for i in range(15)]
        return measured(*lines, sound=sound)["vocal_arousal"].value

    assert arousal("&=laughs") == arousal("") == pytest.approx(100 * 2 / 15)
