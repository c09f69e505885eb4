"""An adapter put to use: merged weights, files for Ollama and vLLM, GGUF."""
