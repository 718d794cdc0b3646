"""Nothing lost, nothing twice: plans and drafts are on disk before anything is sent."""
