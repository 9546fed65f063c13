"""The pages: each module fetches, acts and shows; rules live below."""
