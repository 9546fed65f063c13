"""What readers say of an article: helpful or not, and why; kept without anything that says who they are."""
