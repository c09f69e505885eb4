"""Data sets for fine-tuning: from sessions and approved texts to files of pairs, with a card that says what is in them.

=============== =====================================================
module          does
=============== =====================================================
material        what a data set is made from: children, their sessions, texts that were approved
files           files and folders → children, each with all of its sessions
facts           what a transcript marks in a child's lines
windows         runs of lines that fit into a model
sentences       the sentences of sentences.toml, drawn by a seed and linted
transcript_pairs, measure_pairs, answer_pairs, approved_pairs
                pairs of each kind
teacher         a language model's sentences, as far as they pass the checks
pair            one pair, with its metadata, as a line of JSON
names           whether a name was left
duplicates      near-duplicates
splits          training, validation and test, by child
tokens          how many tokens a text has
building        all of it, in order
card            what is in a data set, what was left out and why
folder          the files: written whole or not at all, read with their faults
stats           how much there is, and what that is enough for
=============== =====================================================
"""
