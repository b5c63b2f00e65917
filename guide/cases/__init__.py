"""The address is the state: an address -> bundle, region and walk; case codes; the way on to the next bundle."""
