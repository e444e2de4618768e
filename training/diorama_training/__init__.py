"""Training of the embedded model: one encoder, with heads for depth, alpha and subject."""
