"""The spectrogram and its picture, read back by another decoder."""

from io import BytesIO

import av
import numpy as np
import pytest

from sdc.audio.spectrogram import BAND_COLUMNS, MOST_COLUMNS, ROWS, SHADES, spectrogram

RATE = 16_000


def tone(hz: float, duration_s: float) -> np.ndarray:
    return 0.5 * np.sin(2 * np.pi * hz * np.arange(round(duration_s * RATE)) / RATE)


def opacities(png: bytes) -> np.ndarray:
    """Decode a PNG with FFmpeg; its opacity, 0 to 255."""
    with av.open(BytesIO(png)) as container:
        return next(container.decode(video=0)).to_ndarray(format="rgba")[:, :, 3]


@pytest.mark.parametrize("hz", [500, 1000, 3000, 7000])
def test_a_tone_stands_at_its_frequency(record, hz):
    shown = spectrogram(record(tone(hz, 1.0)))
    assert shown.shades.shape == (100, ROWS)
    middle = shown.shades[10:90]
    loudest = middle.astype(int).sum(0).argmax()
    assert abs((loudest + 0.5) * shown.high_hz / ROWS - hz) < 65
    assert middle[:, loudest].min() == SHADES - 1


def test_a_click_stands_at_its_time(record):
    samples = np.zeros(RATE)
    samples[8_050] = 0.9
    shades = spectrogram(record(samples)).shades
    assert np.flatnonzero(shades.any(1)).tolist() == [50]


def test_silence_is_empty_and_nothing_is_a_column(record):
    assert not spectrogram(record(np.zeros(RATE))).shades.any()
    assert spectrogram(record(np.zeros(0))).shades.shape == (1, ROWS)


def test_what_is_far_below_the_loudest_is_not_drawn(record):
    loud, faint = tone(1000, 0.5), 1e-4 * tone(1000, 0.5)
    shades = spectrogram(record(np.concatenate([loud, faint]))).shades
    assert shades[:45].any(1).all()
    assert not shades[55:].any()


def test_a_long_recording_has_no_more_columns(record):
    samples = np.zeros(round(400 * RATE), np.float32)
    samples[200 * RATE : 201 * RATE] = tone(1000, 1.0)
    shown = spectrogram(record(samples))
    assert shown.hop_s == 0.02
    assert len(shown.shades) == 20_000 <= MOST_COLUMNS
    heard = np.flatnonzero(shown.shades.any(1)) * shown.hop_s
    assert heard[[0, -1]] == pytest.approx([200, 201], abs=0.03)


def test_the_picture_holds_the_columns_in_bands(record):
    shown = spectrogram(record(np.concatenate([np.zeros(30 * RATE), tone(1000, 1.0)])))
    opacity = opacities(shown.to_png())
    assert opacity.shape == (2 * ROWS, BAND_COLUMNS)
    column, row = 3_050, int(np.argmax(shown.shades[3_050]))
    assert opacity[ROWS + ROWS - 1 - row, column - BAND_COLUMNS] == 255
    strips = [opacity[band * ROWS : (band + 1) * ROWS][::-1].T for band in range(2)]
    back = np.concatenate(strips)[: len(shown.shades)]
    assert np.array_equal(back, np.rint(shown.shades * 255.0 / (SHADES - 1)))


def test_the_same_recording_gives_the_same_bytes(record):
    assert spectrogram(record(tone(700, 0.5))).to_png() == spectrogram(record(tone(700, 0.5))).to_png()
