"""A small Contoso: Active Directory, connector spaces, metaverse, cloud directory, and the engine that syncs them."""
