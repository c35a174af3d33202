// Drydock
