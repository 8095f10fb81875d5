"""The import page's parts, from top to bottom: files, columns, company, the load itself, its receipt."""
