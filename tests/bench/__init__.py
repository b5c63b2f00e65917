"""`make bench`: the figures that matter to those who wait, and the same work done by others in the same run."""
