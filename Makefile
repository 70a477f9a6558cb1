# make run      start Gapline: nothing else to install or configure
# make test     everything that is checked, in the order that fails soonest
# make quick    the same without what takes long: no browser, no start of the whole product, no test marked `long`
# make lock     after a change of dependencies in pyproject.toml
# make messages after a change of texts: docs/translating.md
# make languages is what we say whole, short and discreet? LANGUAGE=sw lists all of it, PAGE=file.html writes it to read
# make understanding   how well messages are understood
# make model           train the small model on tests/understanding/tune
# make places          build the gazetteer: app/understanding/places/README.md says from what
# Every setting of .env.example may stand in the environment or here: make run PORT=8080 INSTANCE=/srv/gapline

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))
EXTRACT = $(BIN)/pybabel --quiet extract -c Translators: --add-location=file --sort-output --omit-header
UPDATE = $(BIN)/pybabel --quiet update -d translations --no-fuzzy-matching --ignore-obsolete
STAFF_LANGUAGES := fr id
UV := $(or $(shell command -v uv 2>/dev/null),$(BIN)/uv)

.DEFAULT_GOAL := run
.PHONY: run install test quick lint browser lock messages languages understanding model places

run: install
	@exec $(BIN)/python -m app.supervisor

install: $(INSTALLED) $(CATALOGUES)

$(INSTALLED): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Gapline needs Python 3.11 or newer; $(PYTHON) is not (choose one: make PYTHON=python3.12)" >&2; exit 1; }
	@test -x $(BIN)/python || { echo "creating $(VENV)" >&2; $(PYTHON) -m venv $(VENV); } || \
	  { echo "no virtual environment: is the package python3-venv installed?" >&2; exit 1; }
	@echo "installing what requirements.lock names" >&2
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

%.mo: %.po | $(INSTALLED)
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

test: install browser lint
	@$(BIN)/python -m pytest --numprocesses=3 --dist=loadfile --no-loadscope-reorder

quick: lint
	@$(BIN)/python -m pytest --numprocesses=3 --dist=loadfile --no-loadscope-reorder -m "not long" --ignore=tests/journeys --ignore=tests/run

lint: install
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@test ! -e .importlinter || $(BIN)/lint-imports --no-cache

# An installed Chromium, else Debian's (with the libraries it needs), else Playwright's own.
browser: install
	@$(BIN)/python -m tests.run.browser

lock:
	@$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header \
	  pyproject.toml --group test -o requirements.lock

# The header is kept apart, with a fixed date, so that extracting twice gives the same file.
messages: install
	@$(EXTRACT) -F translations/babel.cfg --no-default-keywords -k mark -o translations/messages.body app
	@$(EXTRACT) -F translations/babel-staff.cfg -k lazy_gettext -k lazy_ngettext:1,2 -k lazy_pgettext:1c,2 \
	  -o translations/staff.body app
	@for domain in messages staff; do \
	  cat translations/header.txt translations/$$domain.body > translations/$$domain.pot; \
	  rm translations/$$domain.body; done
	@$(UPDATE) -D messages -i translations/messages.pot
	@for language in $(STAFF_LANGUAGES); do \
	  $(UPDATE) -D staff -i translations/staff.pot -l $$language --init-missing; done

languages: install
	@$(BIN)/python -m tests.languages $(LANGUAGE) $(if $(PAGE),--page $(PAGE))

understanding: install
	@$(BIN)/python -m tests.understanding

model: install
	@$(BIN)/python -m app.understanding.training tests/understanding/tune

places: install
	@$(BIN)/python -m app.understanding.places.build $(ADMIN1) $(MODULES)
	@$(BIN)/python -m app.understanding.places.build_towns $(ADMIN1)
