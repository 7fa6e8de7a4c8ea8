"""What jobs are written with: the base class of a job, HTTP requests, a small database."""
