"""What a language model is to SDC: something that writes claims from a prompt, or fills in a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel

from sdc.session import Claim

Form = TypeVar("Form", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is asked.

    Attributes
    ----------
    instructions : str
        From a versioned file; holds nothing that anybody said or asked.
    data : str
        The question and the fenced evidence.
    version : str
        Of the prompt file.
    """

    instructions: str
    data: str
    version: str

    @property
    def n_tokens_at_most(self) -> int:
        """A bound for its tokens: no tokenizer in use makes more than one of each two bytes of such text."""
        return (len(self.instructions.encode()) + len(self.data.encode())) // 2 + 1


@dataclass(frozen=True, slots=True)
class Written:
    """What a model wrote, unchecked, and what it cost.

    Attributes
    ----------
    claims : tuple[Claim, ...]
    n_tokens : int
        Read and written, as the service counts them.
    """

    claims: tuple[Claim, ...]
    n_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Filled(Generic[Form]):
    """A form that a model filled in, valid but for its meaning unchecked, and what it cost."""

    form: Form
    n_tokens: int = 0


class Writer(Protocol):
    """A language model."""

    @property
    def engine(self) -> str:
        """Name in ``sdc.companion.engines.ENGINES``."""
        ...

    @property
    def model(self) -> str:
        """What the engine calls its model."""
        ...

    @property
    def is_remote(self) -> bool:
        """Whether what it is asked leaves this machine."""
        ...

    def write(self, prompt: Prompt) -> Written:
        """Write claims.

        Raises
        ------
        EngineError
            ``engine.unreachable``, ``engine.busy``, ``engine.refused``, ``engine.answer`` (not in the form asked for).
        """
        ...

    def fill(self, prompt: Prompt, form: type[Form]) -> Filled[Form]:
        """Fill in a form; errors as ``write``."""
        ...
