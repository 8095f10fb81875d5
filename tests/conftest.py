"""What all tests share."""

from hypothesis import settings

# Time limits belong to the benchmarks: an example may take as long as a busy machine makes it take.
settings.register_profile("accord", deadline=None, print_blob=True)
settings.load_profile("accord")
