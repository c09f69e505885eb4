"""How a data set is made: all that decides its bytes, beside the material."""

from __future__ import annotations

from dataclasses import dataclass

from sdc.errors import InputError
from sdc.finetune.dataset.pair import SOURCES, PairForm, Source
from sdc.finetune.dataset.tokens import TEMPLATE_TOKENS, CountTokens, token_bound

MIN_TOKENS = 256
"""A model that reads less cannot be asked anything here."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """The choices behind a data set.

    Attributes
    ----------
    seed : int
        Decides which sentences are drawn and which children are held out.
    sources : tuple[str, ...]
        Of ``SOURCES``; ``teacher`` comes from a language model and is no choice here.
    form : {"prompt", "chat"}
    max_tokens : int or None
        Prompt, output and the marks of a chat template together; None: no bound.
    count : callable
        How tokens are counted.
    tokenizer : str
        Name of what counts, for the card.
    max_utterances : int
        Of a window.
    max_facts : int
        Of a window.
    quiet_every : int
        One of so many windows in which nothing is marked is kept.
    language : str
        Sessions whose first language is another one are left out: outputs are in English.
    threshold : float
        Jaccard index of shingles from which two pairs count as the same.
    held_out : float
        Share of the pairs that validation gets, and test; by child, so it is met as far as children allow.
    train_only : bool
        All into training; nothing is held out.
    licence : str
        Of material from files, as whoever builds it states.
    """

    seed: int = 0
    sources: tuple[Source, ...] = ("transcript", "approved", "answer")
    form: PairForm = "prompt"
    max_tokens: int | None = None
    count: CountTokens = token_bound
    tokenizer: str = "bound: one token for two bytes"
    max_utterances: int = 12
    max_facts: int = 6
    quiet_every: int = 4
    language: str = "eng"
    threshold: float = 0.8
    held_out: float = 0.1
    train_only: bool = False
    licence: str = ""

    def __post_init__(self) -> None:
        if self.max_tokens is not None and self.max_tokens < MIN_TOKENS:
            raise InputError(
                f"Pairs of at most {self.max_tokens} tokens cannot hold a prompt and an answer.",
                code="dataset.max-tokens",
                hint=f"Give --max-tokens {MIN_TOKENS} or more, as the model's context allows.",
            )
        unknown = [source for source in self.sources if source not in SOURCES]
        if unknown or not self.sources:
            raise InputError(
                f"There is no source {', '.join(unknown) or 'given'}.",
                code="dataset.source",
                hint=f"Sources: {', '.join(SOURCES[:-1])}.",
            )

    def n_tokens(self, prompt: str, output: str) -> int:
        """Return how many tokens a pair has, with those of a chat template."""
        return self.count(prompt) + self.count(output) + TEMPLATE_TOKENS

    def fits(self, prompt: str, output: str) -> bool:
        """Whether a pair is short enough for the model."""
        return self.max_tokens is None or self.n_tokens(prompt, output) <= self.max_tokens
