"""What one screen tells the others, in the memory of the server: who is here, who moves what, what is new."""
