"""What goes wrong quietly in fine-tuning, caught before it begins: one pitfall a file."""
