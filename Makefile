# Every target does its own set-up; `make` alone prints them.
# QGIS's Python (Debian's) never mixes with .venv: the venv takes no system packages.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

PYTHON := /usr/bin/python3
VENV := .venv
BIN := $(VENV)/bin
PYCSW := .venv-pycsw
PYTEST_QGIS := .venv-qgis
PIP := $(BIN)/pip install --disable-pip-version-check --quiet --constraint constraints.txt
MANIFESTS := pyproject.toml setup.py metadata.txt constraints.txt

SHARED := $(or $(COMMONPLACE_SHARED),../shared)

SYSTEM := ca-certificates python3 python3-venv
SYSTEM_PLUGIN := qttools5-dev-tools
SYSTEM_TEST := $(SYSTEM_PLUGIN) gdal-bin libxml2-utils qgis python3-qgis xvfb xauth chromium postgresql-15-postgis-3 qgis-server cgi-mapserver
SYSTEM_BENCH := gdal-bin
SYSTEM_MATRIX := debootstrap

unexport PYTHONPATH PYTHONHOME

.PHONY: help
help: ## print these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## /{gsub(/\$$\$$/, "$$"); printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(VENV)/dev.stamp ## the developer's environment: .venv with all that tests and lint need

.PHONY: demo
demo: $(VENV)/demo.stamp ## a made-up town, served by pygeoapi and a broker, becomes a package in out/demo
	$(BIN)/python tools/demo.py

.PHONY: test
test: system-test $(VENV)/dev.stamp $(PYCSW)/done.stamp $(PYTEST_QGIS)/done.stamp ## all tests, QGIS's included
	$(BIN)/python -m pytest -n 2 --dist loadfile

.PHONY: test-long
test-long: $(VENV)/dev.stamp ## the tests that take minutes: every feature type written and read back
	$(BIN)/python -m pytest -n 2 -m long

.PHONY: test-qgis-matrix
test-qgis-matrix: $(VENV)/dev.stamp ## QGIS's tests in Debian 13's 3.40 and testing's 3.44 as well; as root
	@tools/need.sh $(SYSTEM) $(SYSTEM_MATRIX)
	for suite in trixie forky; do tools/qgis_matrix.sh $(abspath $(BIN))/python $$suite tests/qgis; done

.PHONY: lint
lint: $(VENV)/dev.stamp ## style, types and import contracts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --recursive qgis_plugin

.PHONY: check
check: lint test ## lint, then test

.PHONY: bench
bench: system-bench $(VENV)/dev.stamp ## ours and its peers in one run; writes bench/results.json
	$(BIN)/python bench/run.py

.PHONY: plugin
plugin: system-plugin $(VENV)/dev.stamp ## the QGIS plugin as a zip in dist/
	$(BIN)/python tools/build_plugin.py

.PHONY: i18n
i18n: system-plugin $(VENV)/dev.stamp ## the plugin's texts to translate: qgis_plugin/i18n/*.ts
	$(BIN)/python tools/translations.py

.PHONY: models
models: $(VENV)/dev.stamp ## derive the target model again from ../shared (or $$COMMONPLACE_SHARED)
	$(BIN)/python tools/build_models.py $(SHARED)/inspire processing/commonplace/model/data
	$(BIN)/python tools/build_crs.py $(SHARED)
	$(BIN)/python tools/build_contexts.py $(SHARED)
	$(BIN)/python tools/build_sdm.py $(SHARED)
	$(BIN)/python tools/build_styles.py $(SHARED)/inspire/portrayal.json

.PHONY: pictures
pictures: system-test $(VENV)/dev.stamp ## the guide's pictures, photographed in QGIS's desktop
	$(BIN)/python tools/pictures.py

.PHONY: docs
docs: $(VENV)/docs.stamp ## the documentation as a site in site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet --config-file docs/mkdocs.yml

.PHONY: clean
clean: ## remove what these targets made, the environment included
	rm -rf .venv $(PYCSW) $(PYTEST_QGIS) build dist site out bench/work .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# --- environment -----------------------------------------------------------------------

.PHONY: system system-plugin system-test system-bench
system:
	@tools/need.sh $(SYSTEM)
system-plugin:
	@tools/need.sh $(SYSTEM) $(SYSTEM_PLUGIN)
system-test:
	@tools/need.sh $(SYSTEM) $(SYSTEM_TEST)
system-bench:
	@tools/need.sh $(SYSTEM) $(SYSTEM_BENCH)

$(BIN)/pip: | system
	$(PYTHON) -m venv $(VENV)

$(VENV)/%.stamp: $(MANIFESTS) | $(BIN)/pip
	$(PIP) --editable '.[$*]'
	touch $@

# A server that tests run wants older libraries than ours: an environment of its own.
# The one environment that sees QGIS's modules.
$(PYTEST_QGIS)/done.stamp: tests/qgis/pytest_qgis.txt | system-test
	$(PYTHON) -m venv --system-site-packages $(PYTEST_QGIS)
	$(PYTEST_QGIS)/bin/pip install --disable-pip-version-check --quiet --requirement $<
	touch $@

$(PYCSW)/done.stamp: tests/servers/pycsw.txt | system
	$(PYTHON) -m venv $(PYCSW)
	$(PYCSW)/bin/pip install --disable-pip-version-check --quiet --requirement $<
	touch $@
