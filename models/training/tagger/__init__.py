"""Training of the span tagger: contracts, windows, model, loss, schedule, checkpoints. `train.py` puts them together."""
