"""The architectures of public models with random weights, as graphs to test and measure on."""
