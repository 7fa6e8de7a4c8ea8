"""What jobs are written with: the base class of a job, values, other jobs, requests, a database."""

#: The parameters of the run, as the client sent them.
parameters = {}
