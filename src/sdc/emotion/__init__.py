"""Experimental: an audio classifier from the Hugging Face Hub on the child's stretches, for researchers only.

Off unless SDC_EMOTION_MODEL names a model. Such models are trained on acted adult speech; what
their labels mean for a child, let alone an autistic one, nobody has shown. The scores are kept as
they come, apart from measures and insights, and no sentence is ever made of them.

=============== =====================================================
module          holds
=============== =====================================================
card            the licence that a model's card states
models          the folder of a model, fetched by name
classifier      VoiceClassifier: stretches of sound → label scores
=============== =====================================================
"""
