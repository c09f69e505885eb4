"""Pages of docs/reference, one module a page: ``page(root)`` returns Markdown."""
