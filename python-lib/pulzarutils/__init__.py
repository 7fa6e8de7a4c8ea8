"""What scripts use besides the job itself: extensions, keys, configuration, logging, tools."""
