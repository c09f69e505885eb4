"""What SDC says about a child: insights and answers, grounded in evidence and checked in their wording.

=============== =====================================================
module          does
=============== =====================================================
insights        a session and the child's earlier ones → insights
question        a question → what is asked, or a question back
question_time   the time that a question names
relative_time   times that are counted from today
query_form      the same as a form that a program or a model fills in
selection       what is asked → the sessions that it is about
ask             a question about a child → an answer
comparison      two sessions in words
over_time       many sessions in words
quotes          the child's own words
evidence        collects what sentences rest on
wordbook        the sentences of sentences.toml, filled in
grounding       each figure and quotation is found in the evidence
wording         what SDC does not say
engines         language models, behind one door
prompting       the prompt for an answer, evidence as data
evidence_rows   what a model is shown of each evidence, in words
phrasing        an answer in a model's words, as far as they pass
claim_check     all checks of a model's sentence
units           the unit beside a figure
naming          what a figure is called
placing         the session that a figure is put into
direction       which way a sentence says that it went
plain_words     the words that a model's sentence is made of
=============== =====================================================
"""

from sdc.companion.ask import ask
from sdc.companion.grounding import Ungrounded, check_grounding
from sdc.companion.insights import insights
from sdc.companion.over_time import progress_sentences
from sdc.companion.wording import WordingFinding, lint_wording

__all__ = ["Ungrounded", "WordingFinding", "ask", "check_grounding", "insights", "lint_wording", "progress_sentences"]
