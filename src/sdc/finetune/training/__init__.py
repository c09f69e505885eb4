"""LoRA and QLoRA on prompt–answer pairs: ``train`` reads top to bottom; what could go wrong is checked before it."""
