"""Views over a job or a mapping document. What they decide is in modules without widgets."""
