// drydock
