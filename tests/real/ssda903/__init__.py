"""A whole children-looked-after return (SSDA903): its configuration, its loader and independent figures."""
