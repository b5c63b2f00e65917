"""A walk -> what comes of it: the notice, its data, the codes that carry it. Knows nothing of paper."""
