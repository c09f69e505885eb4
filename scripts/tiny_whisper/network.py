"""Whisper's network in PyTorch, small: the names of its parts are those of the paper."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

MELS, FRAMES, CONTEXT = 80, 1500, 448
NEARNESS = 1.6  # how sharply a head begins by looking at one moment


def rates(width: int) -> Tensor:
    """Return the angular frequencies of Whisper's position code."""
    return torch.exp(-math.log(10_000) / (width // 2 - 1) * torch.arange(width // 2))


def sinusoids(length: int, width: int) -> Tensor:
    """Return Whisper's position code, shape [length, width]."""
    angles = torch.arange(length)[:, None] * rates(width)[None]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class Attention(nn.Module):
    """Self-attention, or cross-attention when it is given what it listens to."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(width)
        self.query, self.key_value = nn.Linear(width, width), nn.Linear(width, 2 * width)
        self.out = nn.Linear(width, width)

    def _split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def forward(self, x: Tensor, *, causal: bool = False) -> Tensor:
        """Return the change of x by attention to itself."""
        y = self.norm(x)
        key, value = self.key_value(y).chunk(2, -1)
        found = functional.scaled_dot_product_attention(
            *map(self._split, (self.query(y), key, value)), is_causal=causal
        )
        return self.out(found.transpose(1, 2).flatten(2))

    def look_nearby(self, shifts: tuple[int, ...]) -> None:
        """Begin with heads that look so many frames ahead: each matches some frequencies of the position code."""
        width = self.out.in_features
        turns = rates(width)
        self.query.weight.zero_()
        self.key_value.weight[:width].zero_()
        for row, number in enumerate(n for head in range(self.heads) for n in range(head, width // 2, self.heads)):
            turn = turns[number] * shifts[2 * row * self.heads // width]
            sine, cosine, places = math.sin(turn), math.cos(turn), [number, number + width // 2]
            rows = slice(2 * row, 2 * row + 2)
            self.query.weight[rows, places] = NEARNESS * torch.tensor([[cosine, sine], [-sine, cosine]])
            self.key_value.weight[rows, places] = NEARNESS * torch.eye(2)

    def listen(self, x: Tensor, sound: Tensor) -> tuple[Tensor, Tensor]:
        """Return the change of x by attention to the sound, and the logarithm of that attention's weights."""
        key, value = self.key_value(sound).chunk(2, -1)
        query, key, value = map(self._split, (self.query(self.norm(x)), key, value))
        weights = functional.log_softmax(query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1]), -1)
        return self.out((weights.exp() @ value).transpose(1, 2).flatten(2)), weights


class Layer(nn.Module):
    """A layer of the encoder or of the decoder."""

    def __init__(self, width: int, heads: int, *, listens: bool) -> None:
        super().__init__()
        self.attention = Attention(width, heads)
        self.listening = Attention(width, heads) if listens else None
        self.norm = nn.LayerNorm(width)
        self.wide, self.narrow = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def feed(self, x: Tensor) -> Tensor:
        """Return x changed by the feed-forward part."""
        return x + self.narrow(functional.gelu(self.wide(self.norm(x))))


class TinyWhisper(nn.Module):
    """Encoder and decoder; ``spotting`` is a second ear that helps in training and is not exported."""

    def __init__(self, n_tokens: int, n_words: int, width: int, heads: int, layers: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(MELS, width, 3, padding=1)
        self.conv2 = nn.Conv1d(width, width, 3, stride=2, padding=1)
        self.register_buffer("moments", sinusoids(FRAMES, width))
        self.encoder = nn.ModuleList(Layer(width, heads, listens=False) for _ in range(layers))
        self.encoder_norm = nn.LayerNorm(width)
        self.spotting = nn.Linear(width, n_words + 1)
        self.embedding = nn.Embedding(n_tokens, width)
        self.positions = nn.Parameter(0.02 * torch.randn(CONTEXT, width))
        self.decoder = nn.ModuleList(Layer(width, heads, listens=True) for _ in range(layers))
        self.decoder_norm = nn.LayerNorm(width)
        nn.init.normal_(self.embedding.weight, std=0.1)

    def listen(self, mel: Tensor) -> Tensor:
        """Return what the encoder makes of a spectrogram [batch, 80, 3000]: [batch, 1500, width]."""
        x = functional.gelu(self.conv2(functional.gelu(self.conv1(mel)))).transpose(1, 2) + self.moments
        for layer in self.encoder:
            x = layer.feed(x + layer.attention(x))
        return self.encoder_norm(x)

    def tell(self, tokens: Tensor, sound: Tensor) -> tuple[Tensor, Tensor]:
        """Return the logits of each next token, and where the first head of the last layer listened."""
        x = self.embedding(tokens) + self.positions[: tokens.shape[1]]
        for layer in self.decoder:
            x = x + layer.attention(x, causal=True)
            change, weights = layer.listening.listen(x, sound)
            x = layer.feed(x + change)
        return self.decoder_norm(x) @ self.embedding.weight.T, weights[:, 0]
