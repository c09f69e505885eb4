"""Measures without an error rule, each with the reason: between two sessions they carry no verdict.

Counts that are compared as rates stand in ``count_rules``.
"""

from __future__ import annotations

from typing import Literal

WhyNone = Literal["no_error_figure", "depends_on_length", "own_baseline", "depends_on_set_up", "for_research"]
"""``no_error_figure``: nobody has measured how far sessions of an unchanged child lie apart; the values are described,
and the child's own sessions may show the error. The others are never compared, whatever the sessions show:
``depends_on_length``: it grows or falls with the length of the recording (MEASURES, section 2: TTR, NTW);
``own_baseline``: each session is its own measure; ``depends_on_set_up``: microphone and distance move it
(MEASURES, section 3); ``for_research``: it is told to researchers only."""

_NOT_MEASURED = (
    "vocd_d hd_d mtld ipsyn dss words_per_turn utterances_per_turn child_turn_share child_word_share"
    " conversational_turns_per_min responsiveness_pct question_response_pct question_followed_pct contingency_pct"
    " vocalisations_per_min echo_exact_pct echo_one_word_pct echo_above_chance self_repetition_pct"
    " intelligible_words_pct pcc filler_words_pct sld_ratio weighted_sld speech_rate articulation_rate pauses_per_min"
    " pause_median long_pause_pct phonation_pct response_latency_median overlap_pct f0_median f0_sd_st f0_range_st"
    " f0_final_slope_st_s"
)
_BY_LENGTH = (
    "utterances_analysed word_tokens word_types ttr lemma_tokens lemma_types turn_utterances syllables"
    " part_word_repetition_units whole_word_repetition_units mono_word_repetition_units"
)

WITHOUT_ERROR: dict[str, WhyNone] = {
    **dict.fromkeys(_NOT_MEASURED.split(), "no_error_figure"),
    **dict.fromkeys(_BY_LENGTH.split(), "depends_on_length"),
    "vocal_arousal": "own_baseline",
    "intensity_sd_db": "depends_on_set_up",
    **dict.fromkeys(("hnr_db", "jitter_local_pct", "shimmer_local_pct"), "for_research"),
}
"""Measure id → why it has no error rule."""

NEVER_COMPARED = frozenset(measure for measure, why in WITHOUT_ERROR.items() if why != "no_error_figure")
"""Measures whose values in two sessions say nothing about a change."""
