"""Planning a training run: does it fit, how long does it take, what does it cost."""
