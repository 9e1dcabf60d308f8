"""What can be done with services, applications and documents."""
