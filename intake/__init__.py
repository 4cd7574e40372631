"""Files in, understood content out; nothing is stored here. Start at `intake.front_door`."""
