"""Newcastle's libraries: monthly figures by branch, with every published revision, as the council published them."""
