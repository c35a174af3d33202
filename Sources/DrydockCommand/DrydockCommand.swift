// DrydockCommand
