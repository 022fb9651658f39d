"""Training of the span tagger: contracts, corpus, windows, encoder, model, loss, schedule, checkpoints, reading. `train.py` puts them together."""
