"""What a person can change in Contoso."""
