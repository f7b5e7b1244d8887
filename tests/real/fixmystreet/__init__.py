"""Street faults that the public reported, by district, month and category: public records of mySociety."""
