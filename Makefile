# Everything is in start.py; extra words go through: make test ARGS="-k cards"
PYTHON ?= python3

.PHONY: run test check
run test check:
	@$(PYTHON) start.py $@ $(ARGS)
