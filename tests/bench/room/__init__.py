"""A room under load: the functions as processes, API Gateway with its faults, and members who do as pages do."""
