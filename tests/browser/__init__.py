"""The tests in a browser: a package, so that what is dear to start ends with the last of them."""
