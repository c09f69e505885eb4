"""The network of swift-f0, asked with spectra of our own.

Its file begins with three Fourier transforms a frame, worked out by matrices: a third of all that it costs.
SciPy's FFT takes a third of that, so the network is cut behind its spectra. What the spectra are (windows, filters,
floor) is read from the file; a file that is not the one that was cut here is asked as a whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from scipy.sparse import csr_array

HOP = 256
"""Samples from frame to frame."""
KNOWN = "6385e8c2ebc3872e82c9ff5946228de44cd3be77a750ea53698b7dbfe94b0a22"
"""SHA-256 of the network that can be cut: the one of swift-f0 0.3.0."""
WIDTHS = (1024, 2048, 512)
"""Samples of its three windows, in its order."""
N_FILTERS = 128
FLOOR = 1e-8
"""Added to a magnitude before its logarithm."""

Floats = NDArray[np.float32]
Ears = Callable[[Floats], dict[str, Floats]]


@dataclass(frozen=True, slots=True, eq=False)
class PitchNetwork:
    """A network that tells the fundamental frequency of each frame; several threads may ask it at once."""

    session: InferenceSession
    ears: Ears
    """What the network is given for samples."""

    def hear(self, samples: Floats, low_hz: float, high_hz: float) -> tuple[NDArray[np.float64], Floats]:
        """Return pitch and confidence of every frame of 256 samples.

        Parameters
        ----------
        samples : NDArray[np.float32]
            Shape [n], at 16 kHz. What lies outside is silence.
        low_hz, high_hz : float
            Pitch is sought between these.

        Returns
        -------
        hz : NDArray[np.float64]
            Shape [max(1, n // 256)].
        confidence : NDArray[np.float32]
            The same shape, 0 to 1.
        """
        band = {"fmin": np.array(low_hz, np.float32), "fmax": np.array(high_hz, np.float32)}
        hz, confidence = self.session.run(["pitch", "confidence"], self.ears(samples) | band)
        return hz[0], confidence[0]


@cache
def pitch_network() -> PitchNetwork:
    """Return swift-f0's network, read once."""
    return read_network((files("swift_f0") / "model.onnx").read_bytes())


def read_network(file: bytes) -> PitchNetwork:
    """Read a network of swift-f0, behind spectra of our own where it is the one that is known."""
    if hashlib.sha256(file).hexdigest() != KNOWN:
        return PitchNetwork(_session(file), lambda samples: {"audio": samples[None]})
    model = _model(file)
    filters, heard = _filters(model.graph), _cut(model.graph)
    return PitchNetwork(_session(model.SerializeToString()), lambda samples: {heard: _spectra(samples, filters)})


def _session(file: bytes) -> InferenceSession:
    """Return a network without threads of its own: who asks it has one for each part of the sound."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    return InferenceSession(file, options, providers=["CPUExecutionProvider"])


def _spectra(samples: Floats, filters: list[csr_array]) -> Floats:
    """Return the logarithms of what each filter hears of each frame, shape [1, 3, 128, frames]."""
    from scipy.fft import rfft

    n_frames, beside = max(1, samples.size // HOP), max(WIDTHS) // 2
    heard = np.zeros(max(samples.size, HOP) + 2 * beside, np.float32)
    heard[beside : beside + samples.size] = samples
    spectra = np.empty((1, len(WIDTHS), N_FILTERS, n_frames), np.float32)
    for spectrum, width, filtered in zip(spectra[0], WIDTHS, filters, strict=True):
        # The middle of a window is where its frame begins.
        windows = sliding_window_view(heard, width)[beside - width // 2 :: HOP][:n_frames]
        waves = rfft(windows * _hann(width))
        magnitudes = np.sqrt(np.square(waves.real) + np.square(waves.imag))
        np.log(filtered @ magnitudes.T + np.float32(FLOOR), out=spectrum)
    return spectra


@cache
def _hann(width: int) -> Floats:
    return np.hanning(width + 1)[:-1].astype(np.float32)


def _filters(graph: Any) -> list[csr_array]:
    """Return the filters of each spectrum, shape [128, bins], nearly all of it zeros."""
    from scipy.sparse import csr_array

    tensors = {tensor.name: tensor.raw_data for tensor in graph.initializer}
    spread = [node.input for node in graph.node if node.op_type == "ScatterElements"]
    found = []
    for width, (_, places, weights) in zip(WIDTHS, spread, strict=True):
        filters = np.zeros((width // 2 + 1, N_FILTERS), np.float32)
        filters.flat[np.frombuffer(tensors[places], np.int32)] = np.frombuffer(tensors[weights], np.float32)
        found.append(csr_array(filters.T))
    return found


def _cut(graph: Any) -> str:
    """Leave what comes after the spectra, and return the name under which they are given."""
    first = next(index for index, node in enumerate(graph.node) if node.op_type == "Conv")
    heard: str = graph.node[first].input[0]
    del graph.node[:first]
    needed = {name for node in graph.node for name in node.input}
    kept = [tensor for tensor in graph.initializer if tensor.name in needed]
    del graph.initializer[:]
    graph.initializer.extend(kept)
    (audio,) = (value for value in graph.input if value.name not in needed)
    audio.name = heard
    del audio.type.tensor_type.shape.dim[:]
    for size in (1, len(WIDTHS), N_FILTERS):
        audio.type.tensor_type.shape.dim.add(dim_value=size)
    audio.type.tensor_type.shape.dim.add(dim_param="frames")
    return heard


# ONNX's protobuf, as far as it is read or changed here; every other field is kept as it comes. The package of the
# format itself would bring 17 MB for this. (message, field, number, what it is)
_FIELDS = (
    ("Model", "graph", 7, "Graph"),
    ("Graph", "node", 1, "Node*"),
    ("Graph", "initializer", 5, "Tensor*"),
    ("Graph", "input", 11, "Value*"),
    ("Node", "input", 1, "string*"),
    ("Node", "op_type", 4, "string"),
    ("Tensor", "name", 8, "string"),
    ("Tensor", "raw_data", 9, "bytes"),
    ("Value", "name", 1, "string"),
    ("Value", "type", 2, "Type"),
    ("Type", "tensor_type", 1, "TensorType"),
    ("TensorType", "shape", 2, "Shape"),
    ("Shape", "dim", 1, "Dim*"),
    ("Dim", "dim_value", 1, "int64"),
    ("Dim", "dim_param", 2, "string"),
)


def _model(file: bytes) -> Any:
    """Read a ``ModelProto``."""
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

    field = descriptor_pb2.FieldDescriptorProto
    scalars = {"string": field.TYPE_STRING, "bytes": field.TYPE_BYTES, "int64": field.TYPE_INT64}
    about = descriptor_pb2.FileDescriptorProto(name="network.proto", package="network", syntax="proto2")
    messages = {name: about.message_type.add(name=name) for name in dict.fromkeys(row[0] for row in _FIELDS)}
    for message, name, number, kind in _FIELDS:
        one, many = kind.rstrip("*"), kind.endswith("*")
        made = messages[message].field.add(name=name, number=number, type=scalars.get(one, field.TYPE_MESSAGE))
        made.label = field.LABEL_REPEATED if many else field.LABEL_OPTIONAL
        if one not in scalars:
            made.type_name = f".network.{one}"
    pool = descriptor_pool.DescriptorPool()
    pool.Add(about)
    read: Any = message_factory.GetMessageClass(pool.FindMessageTypeByName("network.Model")).FromString(file)
    return read
