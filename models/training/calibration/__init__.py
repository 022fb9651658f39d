"""What a model's scores mean: probabilities, thresholds of categories, and the dial for what may be missed."""
