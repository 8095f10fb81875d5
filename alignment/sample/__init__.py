"""The sample company: invented leads and deals that tell the story of docs/sample-company.md."""
