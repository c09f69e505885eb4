"""The rooms of ``train_tiny_whisper.py``: what is said, how it sounds, the network, its export."""
