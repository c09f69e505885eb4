"""Settings as data: one table, read once at the edge, handed over as plain parameters.

Every setting is an environment variable ``SDC_<NAME>``. ``sdc doctor`` lists them and
docs/settings.md documents them (a test compares the two).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from sdc.errors import SettingsError


def _default_home() -> str:
    import platformdirs

    return platformdirs.user_data_dir("sdc", appauthor=False)


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: its name, how its text is read, its default, what it is for.

    A ``secret`` is never shown, only whether it is set.
    """

    name: str
    parse: Callable[[str], Any]
    default: Any
    help: str
    secret: bool = False

    @property
    def variable(self) -> str:
        """The environment variable."""
        return f"SDC_{self.name.upper()}"

    @property
    def file_variable(self) -> str:
        """The environment variable that names a file with the value, for a secret."""
        return f"{self.variable}_FILE"

    def shown(self, settings: Settings) -> Any:
        """Return the value in force as it may be printed."""
        value = getattr(settings, self.name)
        return ("set" if value else "not set") if self.secret else value


def _number(kind: Callable[[str], Any], text: str) -> Any:
    try:
        return kind(text)
    except ValueError:
        raise ValueError("must be a number" if kind is float else "must be a whole number") from None


def _positive(kind: Callable[[str], Any]) -> Callable[[str], Any]:
    def parse(text: str) -> Any:
        number = _number(kind, text)
        if number <= 0:
            raise ValueError("must be greater than 0")
        return number

    return parse


def _port(text: str) -> int:
    number: int = _number(int, text)
    if not 0 <= number <= 65535:
        raise ValueError("must be between 0 and 65535")
    return number


def _documents(text: str) -> str:
    if text == "sqlite":
        return ""
    if not text.startswith(("mongodb://", "mongodb+srv://")):
        raise ValueError("must be sqlite or begin with mongodb:// or mongodb+srv://")
    return text


def _blobs(text: str) -> str:
    if text == "folder":
        return ""
    if not text.startswith("s3://"):
        raise ValueError("must be folder or begin with s3://")
    return text


def _yes_or_no(text: str) -> bool:
    if text.lower() not in {"yes", "no"}:
        raise ValueError("must be yes or no")
    return text.lower() == "yes"


def _one_of(*words: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text.lower() not in words:
            raise ValueError(f"must be {', '.join(words[:-1])} or {words[-1]}")
        return text.lower()

    return parse


SETTINGS: tuple[Setting, ...] = (
    Setting("home", str, None, "Folder of the embedded store. Default: the platform's data folder."),
    Setting(
        "documents",
        _documents,
        "",
        "Where documents are kept: sqlite (in SDC_HOME, the default) or mongodb://user:password@host/database.",
        secret=True,
    ),
    Setting(
        "blobs",
        _blobs,
        "",
        "Where recordings and sound tracks are kept: folder (in SDC_HOME, the default) or s3://bucket/prefix.",
    ),
    Setting("s3_endpoint", str, "", "Address of the S3 service where it is not AWS, e.g. https://s3.clinic.example."),
    Setting("s3_region", str, "", "Region of the bucket; empty takes the standard AWS variables, or us-east-1."),
    Setting("s3_key_id", str, "", "Id of the access key; empty takes the standard AWS variables.", secret=True),
    Setting("s3_secret", str, "", "Secret of the access key; never shown.", secret=True),
    Setting("store_wait_s", _positive(float), 20.0, "So long a store that does not answer is waited for (seconds)."),
    Setting(
        "master_key",
        str,
        "",
        "Key that seals the store (32 bytes in base64 or hex, from `sdc keys new`); never shown.",
        secret=True,
    ),
    Setting("master_key_file", str, "", "File that holds the key that seals the store, instead of SDC_MASTER_KEY."),
    Setting("host", str, "127.0.0.1", "Address the server listens on; loopback unless you change it."),
    Setting("port", _port, 8765, "Port of the server; 0 takes a free one."),
    Setting("accounts", _yes_or_no, False, "yes makes people sign in with a name and a password (a clinic's server)."),
    Setting("public_url", str, "", "Address under which people reach the server, e.g. https://sdc.clinic.example."),
    Setting("tls_cert", str, "", "File of the certificate (PEM), for a server that speaks HTTPS itself."),
    Setting("tls_key", str, "", "File of the certificate's private key (PEM)."),
    Setting("behind_proxy", _yes_or_no, False, "yes tells that a reverse proxy with HTTPS stands before the server."),
    Setting(
        "session_idle_s", _positive(float), 3600.0, "Somebody who does nothing for this long is signed out (seconds)."
    ),
    Setting("session_max_s", _positive(float), 43200.0, "Everybody is signed out after this long (seconds)."),
    Setting("transcriber", str, "faster-whisper", "What recognises speech: faster-whisper, whisper.cpp or openai."),
    Setting(
        "whisper_model",
        str,
        "auto",
        "Whisper model: a name such as small, a local folder or file, or auto: what suits engine and device.",
    ),
    Setting("whisper_device", str, "auto", "Where Whisper runs: auto, cpu or cuda."),
    Setting("language", str, "en", "Language spoken in recordings (ISO 639-1), or auto to detect it."),
    Setting("openai_api_key", str, "", "Key of the OpenAI API, for engines named openai; never shown.", secret=True),
    Setting(
        "openai_url", str, "https://api.openai.com/v1", "Address of the OpenAI API, or of a server that speaks it."
    ),
    Setting(
        "allow_cloud",
        _yes_or_no,
        False,
        "yes allows engines that send recordings or texts to a service outside this machine, where families agreed.",
    ),
    Setting(
        "engine",
        str,
        "rules",
        "What words answers: rules, openai, anthropic, compatible (the extra llm) or local (finetune).",
    ),
    Setting("llm_model", str, "", "Language model, as its service calls it; for the engine local its folder."),
    Setting("llm_adapter", str, "", "Folder of a LoRA adapter, for the engine local."),
    Setting(
        "llm_refused_adapter",
        _yes_or_no,
        False,
        "yes uses an adapter even where its evaluation says that it may not be used.",
    ),
    Setting(
        "llm_url",
        str,
        "",
        "Server that speaks OpenAI's protocol, for the engine compatible, e.g. http://localhost:11434/v1.",
    ),
    Setting("llm_timeout_s", _positive(float), 60.0, "So long a language model is waited for (seconds)."),
    Setting(
        "llm_daily_tokens", _positive(int), 200_000, "So many tokens a language model may cost for one child in a day."
    ),
    Setting(
        "anthropic_api_key", str, "", "Key of the Anthropic API, for the engine anthropic; never shown.", secret=True
    ),
    Setting(
        "anthropic_url", str, "https://api.anthropic.com", "Address of the Anthropic API, or of a proxy before it."
    ),
    Setting("diarizer", str, "sdc", "What tells voices apart: sdc, or pyannote (an extra)."),
    Setting(
        "pyannote_model",
        str,
        "pyannote/speaker-diarization-community-1",
        "Pipeline of the diarizer pyannote: a name on the Hugging Face Hub, or a local folder.",
    ),
    Setting(
        "huggingface_token",
        str,
        "",
        "Token of the Hugging Face Hub, for models behind a login; never shown.",
        secret=True,
    ),
    Setting("acoustics", str, "sdc", "What measures pitch, loudness and voice: sdc, librosa or praat (extras)."),
    Setting(
        "emotion_model",
        str,
        "",
        "Experimental, for researchers: audio classifier (folder or name on the Hugging Face Hub); empty: off.",
    ),
    Setting(
        "embedder",
        str,
        "auto",
        "What makes vectors of texts for the search: lexical, onnx, fastembed or sentence-transformers; auto: onnx "
        "where SDC_HOME/models/embedder holds a model, else lexical.",
    ),
    Setting(
        "embedder_model", str, "", "Model of the embedder: a folder with model.onnx and tokenizer.json, or a name."
    ),
    Setting("vectors", str, "numpy", "What finds the nearest vectors: numpy, faiss, weaviate or pinecone (extras)."),
    Setting("vectors_url", str, "", "Address of the Weaviate server or the Pinecone index."),
    Setting("vectors_key", str, "", "Key of the Weaviate server or the Pinecone index; never shown.", secret=True),
    Setting(
        "long_recording_s", _positive(float), 300.0, "A recording longer than this is accepted with a note (seconds)."
    ),
    Setting("max_recording_s", _positive(float), 3600.0, "A recording longer than this is refused (seconds)."),
    Setting("report_name", str, "", "Name of the clinic or practice on top of reports."),
    Setting("report_logo", str, "", "Logo on top of reports: a PNG, JPEG or SVG file of at most 1 MB."),
    Setting("max_upload_bytes", _positive(int), 2_000_000_000, "A larger upload is refused (bytes)."),
    Setting("log_format", _one_of("text", "json"), "text", "How serve, work and batch write their log: text or json."),
    Setting(
        "log_level",
        _one_of("debug", "info", "warning", "error"),
        "warning",
        "From what level on: debug, info (a line for each request), warning or error.",
    ),
    Setting(
        "metrics_token",
        str,
        "",
        "Bearer token for /metrics; empty: only this machine may read it, and nobody behind a proxy; never shown.",
        secret=True,
    ),
    Setting("workers", _positive(int), 1, "Worker threads that process jobs in the server."),
    Setting(
        "job_lease_s", _positive(float), 15.0, "A job whose worker is silent for this long is taken over (seconds)."
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, with their types. Field meanings: ``SETTINGS``."""

    home: Path
    documents: str = field(default="", repr=False)
    blobs: str = ""
    s3_endpoint: str = ""
    s3_region: str = ""
    s3_key_id: str = field(default="", repr=False)
    s3_secret: str = field(default="", repr=False)
    store_wait_s: float = 20.0
    master_key: str = field(default="", repr=False)
    master_key_file: str = ""
    host: str = "127.0.0.1"
    port: int = 8765
    accounts: bool = False
    public_url: str = ""
    tls_cert: str = ""
    tls_key: str = ""
    behind_proxy: bool = False
    session_idle_s: float = 3600.0
    session_max_s: float = 43200.0
    transcriber: str = "faster-whisper"
    whisper_model: str = "auto"
    whisper_device: str = "auto"
    language: str = "en"
    openai_api_key: str = field(default="", repr=False)
    openai_url: str = "https://api.openai.com/v1"
    allow_cloud: bool = False
    engine: str = "rules"
    llm_model: str = ""
    llm_adapter: str = ""
    llm_refused_adapter: bool = False
    llm_url: str = ""
    llm_timeout_s: float = 60.0
    llm_daily_tokens: int = 200_000
    anthropic_api_key: str = field(default="", repr=False)
    anthropic_url: str = "https://api.anthropic.com"
    diarizer: str = "sdc"
    pyannote_model: str = "pyannote/speaker-diarization-community-1"
    huggingface_token: str = field(default="", repr=False)
    acoustics: str = "sdc"
    emotion_model: str = ""
    embedder: str = "auto"
    embedder_model: str = ""
    vectors: str = "numpy"
    vectors_url: str = ""
    vectors_key: str = field(default="", repr=False)
    long_recording_s: float = 300.0
    max_recording_s: float = 3600.0
    report_name: str = ""
    report_logo: str = ""
    max_upload_bytes: int = 2_000_000_000
    log_format: str = "text"
    log_level: str = "warning"
    metrics_token: str = field(default="", repr=False)
    workers: int = 1
    job_lease_s: float = 15.0


def _given(setting: Setting, environ: Mapping[str, str]) -> str:
    """Return what was set; of a secret also what lies in the file that its ``…_FILE`` names."""
    text = environ.get(setting.variable, "").strip()
    path = environ.get(setting.file_variable, "").strip() if setting.secret else ""
    if not path or setting.name == "master_key":  # whose file is a setting of its own
        return text
    if text:
        raise SettingsError(f"{setting.variable} and {setting.file_variable} are both set.", hint="Set one of them.")
    try:
        return Path(path).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise SettingsError(
            f"{setting.file_variable}: {path} cannot be read: {why}.", hint="Name a file that holds only the value."
        ) from error


def read_settings(environ: Mapping[str, str] | None = None, *, default_home: Path | None = None) -> Settings:
    """Read all settings from ``SDC_*`` variables.

    Parameters
    ----------
    environ : Mapping[str, str], optional
        Where to read; default ``os.environ``.
    default_home : Path, optional
        The store's folder where SDC_HOME is not set; default the platform's data folder.

    Returns
    -------
    Settings

    Raises
    ------
    SettingsError
        A value cannot be read as its type, or an ``SDC_`` variable names no setting.
    """
    environ = os.environ if environ is None else environ
    known = {setting.variable for setting in SETTINGS} | {s.file_variable for s in SETTINGS if s.secret}
    # Variables that tests and CI use are told apart by their prefix.
    unknown = sorted(v for v in environ if v.startswith("SDC_") and v not in known and not v.startswith("SDC_TEST_"))
    if unknown:
        near = get_close_matches(unknown[0], known, 1)
        meant = f"Did you mean {near[0]}? " if near else ""
        raise SettingsError(
            f"{unknown[0]} is not a setting of SDC.",
            code="settings.unknown",
            hint=f"{meant}`sdc doctor` lists the settings, once this one is unset.",
        )
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        text = _given(setting, environ)
        try:
            values[setting.name] = setting.parse(text) if text else setting.default
        except ValueError as error:
            told = setting.variable if setting.secret else f"{setting.variable}={text!r}"
            raise SettingsError(f"{told}: {error}.", hint=setting.help) from error
    values["home"] = Path(values["home"] or default_home or _default_home()).expanduser()
    return Settings(**values)
