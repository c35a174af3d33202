// JSONEvents
