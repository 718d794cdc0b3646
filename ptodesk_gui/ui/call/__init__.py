"""The call screen: checklist, timeline, what to say, replies."""
