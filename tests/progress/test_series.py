from sdc.progress import series


def test_series_is_in_order_and_keeps_gaps(point):
    points = [
        point("b", date="2026-03-09", mlu_words=(2.5, 60), context="free play"),
        point("c", date="2026-03-16", mlu_words=(None, 0)),
        point("a", date="2026-03-02", ttr=(0.4, 60)),
    ]
    told = [(p.session_id, p.week, p.context, p.measure and p.measure.value) for p in series(points, "mlu_words")]
    assert told == [("a", 1, None, None), ("b", 2, "free play", 2.5), ("c", 3, None, None)]
    gaps = [p.measure is None for p in series(points, "mlu_words")]
    assert gaps == [True, False, False]  # not measured, and measured without a value, are told apart
