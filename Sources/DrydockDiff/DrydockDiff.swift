// DrydockDiff
