.DEFAULT_GOAL := help
.PHONY: help setup demo test test-docker test-matrix chaos protections fuzz check audit benchmark clean

help:  ## Say what each command does
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

setup:  ## Install everything into this folder: Poetry, both virtual environments, a browser, a broker
	@scripts/setup

demo: setup  ## Make a project, and run it with a demo shop; Ctrl-C ends it
	@exec scripts/demo

test: setup  ## Run every test of tool and template, and count the proofs
	@scripts/test

test-docker: setup  ## Build, run and break the containers, on a real Docker engine
	@mkdir -p .stackyard/reports
	@STACKYARD_DOCKER=required .venv/bin/pytest -m 'docker or not docker' --junitxml=.stackyard/reports/docker.xml tests/docker
	@.venv/bin/stackyard proof .stackyard/reports/*.xml

test-matrix: setup  ## Make, install, check and test a project for each pair of answers; 500 edits: an hour or more
	@.venv/bin/pytest -m matrix --numprocesses=4 --dist=worksteal tests
	@.venv/bin/python -m tests.lock.compare_with_poetry
	@STACKYARD_EDITS=500 .venv/bin/pytest --numprocesses=4 tests/journeys/test_updates.py tests/journeys/test_update_killed.py

chaos: setup  ## Kill, freeze and cut off everything while 3,000 orders come in: a quarter of an hour; STACKYARD_CHAOS_SEED replays
	@.venv/bin/pytest -m chaos --capture=no tests/chaos

protections: setup  ## Take out each protection of the template in turn, and see its test turn red: a quarter of an hour
	@.venv/bin/stackyard run --project template -- env --chdir=$(CURDIR) .venv/bin/pytest -m protections --numprocesses=0 tests/protections

fuzz: setup  ## Check projects whose files were changed at random, for half an hour or STACKYARD_FUZZ_SECONDS
	@STACKYARD_FUZZ_SECONDS=$${STACKYARD_FUZZ_SECONDS:-1800} .venv/bin/pytest --numprocesses=0 --capture=no tests/fuzz

check: setup  ## Formatters, linters, types, import contracts, dependencies, locks, holes, secrets
	@scripts/check

audit: setup  ## Ask for known vulnerabilities of every locked package, of tool and template; wants a network
	@cd template && .venv/bin/python -m tests.supply_chain.audit
	@cd template && .venv/bin/python -m tests.supply_chain.audit --lock ../poetry.lock

benchmark: setup  ## Measure the API and events against their floors, sockets beside Channels, and `new` beside Copier
	@.venv/bin/python benchmarks/new.py
	@.venv/bin/python benchmarks/check.py
	@.venv/bin/python benchmarks/api.py
	@.venv/bin/python benchmarks/websockets.py
	@.venv/bin/python benchmarks/events.py

clean:  ## Remove what the commands above made in this folder
	rm -rf .venv template/.venv tests/schemas/node_modules .stackyard template/.stackyard template/staticfiles
