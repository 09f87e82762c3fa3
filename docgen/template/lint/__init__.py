"""Templates judged before anything is rendered: every fault of a kit or of a single template, each at its place."""
