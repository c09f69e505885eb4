"""Language models behind one door: ``make_writer`` by name; ``rules`` needs none.

==================== =====================================================
module               does
==================== =====================================================
writer               what a model is asked, what it gives
table                the engines by name
openai_chat          OpenAI
anthropic_messages   Anthropic
compatible           any server that speaks OpenAI's protocol
local                a model in a folder, with a LoRA adapter
claims               the form in which a model answers
examples             what therapists approved
hosted               one request through pydantic-ai, its errors as ours
back_off             when it is tried again
address              whether a server is this machine
==================== =====================================================
"""

from sdc.companion.engines.table import ENGINES, RULES, ModelOptions, make_writer
from sdc.companion.engines.writer import Filled, Prompt, Writer, Written

__all__ = ["ENGINES", "RULES", "Filled", "ModelOptions", "Prompt", "Writer", "Written", "make_writer"]
