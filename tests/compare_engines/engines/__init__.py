"""The engines that are compared, one a file; the `*_worker.py` are the programs that run inside their processes."""
